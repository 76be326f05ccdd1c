import type { Dependency } from './jaeger.js'

/** A call drawn from left to right. */
export interface Link {
  readonly from: string
  readonly to: string
}

/** The column of each service, and the calls that lead from one column to a later one. */
export interface Layers {
  readonly layerOf: ReadonlyMap<string, number>
  readonly links: readonly Link[]
}

/**
 * Puts callers left of those they call. Where services call each other in a circle, one call of it leads back: the
 * services that nobody calls are looked at first, then the others by name.
 */
export function layersOf(names: readonly string[], calls: readonly Dependency[]): Layers {
  const called = new Set(calls.filter(({ parent, child }) => parent !== child).map(({ child }) => child))
  const sorted = [...names].sort(
    (one, other) => Number(called.has(one)) - Number(called.has(other)) || compare(one, other),
  )
  const { links, order } = withoutCircles(sorted, calls)
  const layerOf = new Map<string, number>()
  for (const name of order) {
    const callers = links.filter(({ to }) => to === name).map(({ from }) => layerOf.get(from) ?? 0)
    layerOf.set(name, Math.max(-1, ...callers) + 1)
  }
  return { layerOf, links }
}

/** The calls that close no circle, and the services in an order in which each follows its callers. */
function withoutCircles(names: readonly string[], calls: readonly Dependency[]): { links: Link[]; order: string[] } {
  const links: Link[] = []
  const order: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (name: string) => {
    state.set(name, 'open')
    for (const { parent, child } of calls) {
      if (parent !== name || state.get(child) === 'open') continue
      links.push({ from: name, to: child })
      if (!state.has(child)) visit(child)
    }
    state.set(name, 'done')
    order.unshift(name)
  }
  for (const name of names) if (!state.has(name)) visit(name)
  return { links, order }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
