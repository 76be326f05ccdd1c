import type { Summary } from './jaeger.js'
import { MOST_TRACES } from './search.js'

/** The list's order: newest first, or by one of its columns. */
export type Order = 'newest' | 'longest' | 'spans' | 'errors'

const orders: Readonly<Record<Order, (one: Summary, other: Summary) => number>> = {
  newest: (one, other) => other.startTime - one.startTime,
  longest: (one, other) => other.duration - one.duration,
  spans: (one, other) => other.spans - one.spans,
  errors: (one, other) => other.errors - one.errors,
}

/** The order of that name, newest first if there is none. */
export function readOrder(name: string | null): Order {
  return name === 'longest' || name === 'spans' || name === 'errors' ? name : 'newest'
}

/** The summaries in that order; among equals, newest first. */
export function ordered(summaries: readonly Summary[], order: Order): Summary[] {
  return [...summaries].sort((one, other) => orders[order](one, other) || orders.newest(one, other))
}

/** The newest summaries after some have changed or come anew. */
export function merged(summaries: readonly Summary[], changed: readonly Summary[]): Summary[] {
  const byId = new Map(summaries.map((summary) => [summary.traceID, summary]))
  for (const summary of changed) byId.set(summary.traceID, summary)
  return ordered([...byId.values()], 'newest').slice(0, MOST_TRACES)
}

/** How many of `fresh` are not among `known`. */
export function countNew(known: readonly Summary[], fresh: readonly Summary[]): number {
  const ids = new Set(known.map(({ traceID }) => traceID))
  return fresh.filter(({ traceID }) => !ids.has(traceID)).length
}
