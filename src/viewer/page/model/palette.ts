/**
 * The colours of services, distinguishable from each other and from the red of errors. Each stands out from the
 * page's background in both themes by more than 3:1, and black text on it is readable.
 */
export const palette: readonly string[] = [
  '#5283e0',
  '#17a478',
  '#ca7e31',
  '#a269c9',
  '#299abe',
  '#6f9c37',
  '#c65f9e',
  '#ae8f21',
  '#796eda',
  '#608a7e',
  '#a9755d',
  '#229c9c',
  '#9d779f',
  '#7089a4',
]

/** The first of them differ most: they go before the others. */
const VIVID = 8
const vivid = [...palette.keys()].slice(0, VIVID)
const muted = [...palette.keys()].slice(VIVID)

/**
 * The place of each name in the palette: that of the name's hash, or the next that is free. A name keeps the place it
 * has in `known`.
 */
export function assignColours(names: Iterable<string>, known: ReadonlyMap<string, number>): Map<string, number> {
  const places = new Map(known)
  const taken = new Set(places.values())
  for (const name of names) {
    if (places.has(name)) continue
    if (taken.size >= palette.length) taken.clear()
    const start = hash(name)
    const place = [...turned(vivid, start), ...turned(muted, start)].find((free) => !taken.has(free)) ?? 0
    taken.add(place)
    places.set(name, place)
  }
  return places
}

function turned(places: readonly number[], start: number): number[] {
  const cut = start % places.length
  return [...places.slice(cut), ...places.slice(0, cut)]
}

/** FNV-1a. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}
