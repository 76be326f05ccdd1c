/** Headers of a format that are read together. */
export interface Names {
  /** In lower case. */
  readonly names: readonly string[]
  readonly initials: string
}

/** Names of headers, to be picked from many carriers. */
export function headerNames(...names: readonly string[]): Names {
  const initials = new Set(names.map((name) => name.slice(0, 1)))
  return { names, initials: [...initials].flatMap((initial) => [initial, initial.toUpperCase()]).join('') }
}

/**
 * The carrier's own texts under some names, in their order, `undefined` where there is none. A carrier may spell its
 * keys in any case. Never throws.
 */
export function pick(carrier: unknown, { names, initials }: Names): readonly (string | undefined)[] {
  if (typeof carrier !== 'object' || carrier === null) return []
  const texts: (string | undefined)[] = []
  try {
    for (const key in carrier) {
      // Decided by one letter: most headers of a request are none of ours.
      if (!initials.includes(key.charAt(0))) continue
      const index = names.indexOf(key.toLowerCase())
      if (index === -1 || !Object.hasOwn(carrier, key)) continue
      const value = Reflect.get(carrier, key)
      if (typeof value === 'string') texts[index] = value
    }
  } catch {
    return []
  }
  return texts
}

/** Sets a header; a carrier that cannot be written to goes without. */
export function put(carrier: unknown, name: string, value: string): void {
  if (!isWritable(carrier)) return
  try {
    carrier[name] = value
  } catch {
    // Frozen, a proxy, or a setter of the app's.
  }
}

function isWritable(carrier: unknown): carrier is Record<string, unknown> {
  return typeof carrier === 'object' && carrier !== null
}
