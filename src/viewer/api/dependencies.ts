import { kindOf } from '../store/operations.js'
import { parentOf, type Span } from '../store/span.js'
import type { Store } from '../store/store.js'
import { isError } from '../store/summary.js'
import { separate } from './shared-ids.js'

/** How often one service called another, and how many of the calls failed, where any did. */
export interface Dependency {
  readonly parent: string
  readonly child: string
  readonly callCount: number
  readonly errorCount?: number
}

/** Which service called which, in traces that have a span between the two times, in microseconds. */
export function dependenciesOf(store: Store, start: number, end: number): Dependency[] {
  const callers = new Map<string, Map<string, Calls>>()
  for (const { spans, summary } of store.newest()) {
    if (summary.services.length < 2) continue
    if (!spans.some(({ startTime }) => startTime > start && startTime < end)) continue
    const separated = separate(spans)
    const byId = new Map(separated.map((span) => [span.spanID, span]))
    for (const span of separated) {
      const caller = byId.get(parentOf(span) ?? '')
      if (caller !== undefined && serviceOf(caller) !== serviceOf(span)) count(callers, caller, span)
    }
  }
  return [...callers].flatMap(([parent, callees]) =>
    [...callees].map(([child, { calls, errors }]) => ({
      parent,
      child,
      callCount: calls,
      ...(errors > 0 && { errorCount: errors }),
    })),
  )
}

function count(callers: Map<string, Map<string, Calls>>, caller: Span, callee: Span): void {
  const callees = callers.get(serviceOf(caller)) ?? new Map<string, Calls>()
  callers.set(serviceOf(caller), callees)
  const calls = callees.get(serviceOf(callee)) ?? { calls: 0, errors: 0 }
  callees.set(serviceOf(callee), calls)
  calls.calls++
  if (hasFailed(caller, callee)) calls.errors++
}

/** A call can fail for the caller alone, who did not wait for the answer. Its other spans fail for other reasons. */
function hasFailed(caller: Span, callee: Span): boolean {
  return isError(callee) || (kindOf(caller) === 'client' && isError(caller))
}

function serviceOf({ process }: Span): string {
  return process.serviceName
}

interface Calls {
  calls: number
  errors: number
}
