import { parentOf } from '../store/span.js'
import type { Store } from '../store/store.js'
import { separate } from './shared-ids.js'

export interface Dependency {
  readonly parent: string
  readonly child: string
  readonly callCount: number
}

/** How often which service called which, in traces that have a span between the two times, in microseconds. */
export function dependenciesOf(store: Store, start: number, end: number): Dependency[] {
  const calls = new Map<string, Map<string, number>>()
  for (const { spans, summary } of store.newest()) {
    if (summary.services.length < 2) continue
    if (!spans.some(({ startTime }) => startTime > start && startTime < end)) continue
    const separated = separate(spans)
    const services = new Map(separated.map(({ spanID, process }) => [spanID, process.serviceName]))
    for (const span of separated) {
      const parent = services.get(parentOf(span) ?? '')
      const { serviceName: child } = span.process
      if (parent === undefined || parent === child) continue
      const counts = calls.get(parent) ?? new Map<string, number>()
      calls.set(parent, counts)
      counts.set(child, (counts.get(child) ?? 0) + 1)
    }
  }
  return [...calls].flatMap(([parent, counts]) =>
    [...counts].map(([child, callCount]) => ({ parent, child, callCount })),
  )
}
