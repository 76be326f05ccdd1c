import { kindOf } from '../store/operations.js'
import { parentOf, type Span } from '../store/span.js'
import type { Store } from '../store/store.js'
import { isError } from '../store/summary.js'
import { separate } from './shared-ids.js'

/** How often one service called another, and how many of the calls failed, where any did. */
export interface Dependency {
  readonly parent: string
  readonly child: string
  callCount: number
  errorCount?: number
}

/** Which service called which, in traces that have a span between the two times, in microseconds. */
export function dependenciesOf(store: Store, start: number, end: number): Dependency[] {
  const dependencies = new Map<string, Dependency>()
  for (const { spans, summary } of store.newest()) {
    if (summary.services.length < 2) continue
    if (!spans.some(({ startTime }) => startTime > start && startTime < end)) continue
    const separated = separate(spans)
    const byId = new Map(separated.map((span) => [span.spanID, span]))
    for (const span of separated) {
      const caller = byId.get(parentOf(span) ?? '')
      if (caller !== undefined && serviceOf(caller) !== serviceOf(span)) count(dependencies, caller, span)
    }
  }
  return [...dependencies.values()]
}

function count(dependencies: Map<string, Dependency>, caller: Span, callee: Span): void {
  const parent = serviceOf(caller)
  const child = serviceOf(callee)
  const key = JSON.stringify([parent, child])
  const dependency = dependencies.get(key) ?? { parent, child, callCount: 0 }
  dependencies.set(key, dependency)
  dependency.callCount++
  if (hasFailed(caller, callee)) dependency.errorCount = (dependency.errorCount ?? 0) + 1
}

/** A call can fail for the caller alone, who did not wait for the answer. Its other spans fail for other reasons. */
function hasFailed(caller: Span, callee: Span): boolean {
  return isError(callee) || (kindOf(caller) === 'client' && isError(caller))
}

function serviceOf({ process }: Span): string {
  return process.serviceName
}
