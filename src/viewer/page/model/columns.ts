import type { Layers, Link } from './layers.js'

/** A service in its column, or a free place for a call that passes by. */
export interface Item {
  readonly service: string | undefined
  readonly before: Item[]
  readonly after: Item[]
}

/** The services in columns, and the items that each call passes, from its caller to its callee. */
export interface Columns {
  readonly columns: readonly (readonly Item[])[]
  readonly ways: ReadonlyMap<Link, readonly Item[]>
}

const ROUNDS = 12

/** Arranges each column so that few calls cross. */
export function arrange({ layerOf, links }: Layers): Columns {
  const columns: Item[][] = []
  const add = (layer: number, service?: string): Item => {
    const item: Item = { service, before: [], after: [] }
    for (let index = columns.length; index <= layer; index++) columns.push([])
    columns[layer]?.push(item)
    return item
  }
  const itemOf = new Map([...layerOf].map(([service, layer]) => [service, add(layer, service)]))
  const ways = new Map(links.map((link) => [link, wayOf(link)]))
  return { columns: untangled(columns), ways }

  function wayOf({ from, to }: Link): Item[] {
    const [first, last] = [layerOf.get(from) ?? 0, layerOf.get(to) ?? 0]
    const between = Array.from({ length: Math.max(0, last - first - 1) }, (_, index) => add(first + 1 + index))
    const way = [itemOf.get(from), ...between, itemOf.get(to)].filter((item) => item !== undefined)
    way.reduce((before, after) => {
      before.after.push(after)
      after.before.push(before)
      return after
    })
    return way
  }
}

/** Moves each item towards the middle of those it is linked with, from left to right and back. */
function untangled(columns: readonly Item[][]): Item[][] {
  let current = [...columns]
  for (let round = 0; round < ROUNDS; round++) {
    const side = round % 2 === 0 ? 'before' : 'after'
    const sweep = round % 2 === 0 ? current : [...current].reverse()
    const rank = new Map<Item, number>()
    const sorted = sweep.map((column) => {
      const wishes = new Map(column.map((item, index) => [item, mean(item[side], rank) ?? index]))
      const arranged = [...column].sort((one, other) => (wishes.get(one) ?? 0) - (wishes.get(other) ?? 0))
      for (const [index, item] of arranged.entries()) rank.set(item, index - (arranged.length - 1) / 2)
      return arranged
    })
    current = round % 2 === 0 ? sorted : sorted.reverse()
  }
  return current
}

/** The mean of the items' values; `undefined` for no items. */
export function mean(items: readonly Item[], values: ReadonlyMap<Item, number>): number | undefined {
  if (items.length === 0) return undefined
  return items.reduce((sum, item) => sum + (values.get(item) ?? 0), 0) / items.length
}
