import type { Span } from './span.js'

/** What Node tells of its own clock is exact to the millisecond: less than that is no news. */
const LEAST = 1_000

/**
 * Finds the spans of other processes that seem to start before their parents, which only clocks that disagree can
 * explain, and by how much they and what their processes did below them would have to move to lie in their parents'
 * middle. Unlike Jaeger, it leaves spans alone that merely end late: asynchronous work does so with any clock.
 */
export function findSkew(roots: readonly Span[]): void {
  const pending = [...roots]
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    for (const child of parent.children) {
      child.skew = child.processId === parent.processId ? parent.skew : skewOf(child, parent)
      pending.push(child)
    }
  }
}

/** Moves them there. */
export function alignClocks(spans: readonly Span[]): void {
  for (const span of spans) {
    span.shift = span.skew
    span.start += span.skew
  }
}

function skewOf(child: Span, parent: Span): number {
  const early = parent.start + parent.skew - child.start
  if (early < LEAST) return 0
  return early + Math.floor(Math.max(0, parent.duration - child.duration) / 2)
}
