/** What the recorder notes: texts, numbers, lists, and objects of such. */
export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value }

export type Facts = Readonly<Record<string, Value>>

/** By fact that differs, what does. */
export type Changes = Record<string, readonly string[]>

/** What is not the same in two records, in the words of the list of differences. */
export function compare(one: Facts, other: Facts): Changes {
  const changes: Changes = {}
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const found = [...changesOf(one[name], other[name])]
    if (found.length > 0) changes[name] = found.sort()
  }
  return changes
}

function* changesOf(one: Value | undefined, other: Value | undefined): Generator<string> {
  if (JSON.stringify(one) === JSON.stringify(other)) return
  if (Array.isArray(one) && Array.isArray(other)) yield* changedItems(one.map(String), other.map(String))
  else if (isObject(one) && isObject(other)) yield* changedProperties(one, other)
  else if (isFingerprint(one) && isFingerprint(other)) yield 'another'
  else yield `${print(one)} → ${print(other)}`
}

function* changedItems(one: readonly string[], other: readonly string[]): Generator<string> {
  const [removed, added] = [without(one, other), without(other, one)]
  for (const item of removed) yield `− ${item}`
  for (const item of added) yield `+ ${item}`
  if (removed.length + added.length === 0) yield 'in another order'
}

function* changedProperties(one: Properties, other: Properties): Generator<string> {
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    for (const change of changesOf(one[key], other[key])) yield `${key}: ${change}`
  }
  // The order of those that are in both.
  const [keys, others] = [Object.keys(one), Object.keys(other)].map((all) =>
    all.filter((key) => key in one && key in other),
  )
  if (String(keys) !== String(others)) yield 'in another order'
}

/** Each of `others` takes away one that is equal. */
function without(items: readonly string[], others: readonly string[]): string[] {
  const rest = [...others]
  return items.filter((item) => {
    const at = rest.indexOf(item)
    if (at !== -1) rest.splice(at, 1)
    return at === -1
  })
}

function isObject(value: Value | undefined): value is Properties {
  return typeof value === 'object' && !Array.isArray(value)
}

function isFingerprint(value: Value | undefined): boolean {
  return typeof value === 'string' && value.startsWith('#')
}

function print(value: Value | undefined): string {
  return value === undefined ? 'none' : JSON.stringify(value)
}

type Properties = { readonly [key: string]: Value }
