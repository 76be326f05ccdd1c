import { endOf, type Span } from './span.js'

/** A stretch of time, in microseconds since the epoch. */
export interface Section {
  readonly start: number
  readonly end: number
}

/**
 * For each span on the critical path, when it was what the trace waited for. Walks back from the end: at each moment
 * the child that ended last, and the span itself where there is none. What only follows from a span is not waited for.
 */
export function criticalPath(roots: readonly Span[]): Map<Span, Section[]> {
  const path = new Map<Span, Section[]>()
  const pending: Visit[] = []
  const last = roots.reduce((latest, root) => Math.max(latest, endOf(root)), Number.NEGATIVE_INFINITY)
  walkBack(roots, Number.NEGATIVE_INFINITY, last, pending)

  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { span, end } = visit
    const blocking = span.children.filter((child) => !isFollower(child, span))
    const own = walkBack(blocking, span.start, end, pending)
    if (own.length > 0) path.set(span, own)
  }
  return path
}

/** Finds the spans that ended last, one before the other, and answers the time that none of them covers. */
function walkBack(spans: readonly Span[], start: number, end: number, found: Visit[]): Section[] {
  const own: Section[] = []
  let reached = end
  for (const span of [...spans].sort((one, other) => endOf(other) - endOf(one))) {
    const spanEnd = Math.min(endOf(span), end)
    if (spanEnd > reached || span.start >= spanEnd || spanEnd <= start) continue
    if (spanEnd < reached) own.push({ start: spanEnd, end: reached })
    found.push({ span, end: spanEnd })
    reached = Math.max(span.start, start)
  }
  if (start < reached) own.push({ start, end: reached })
  return own.reverse()
}

function isFollower(child: Span, parent: Span): boolean {
  return child.references.some(({ refType, spanID }) => refType === 'FOLLOWS_FROM' && spanID === parent.id)
}

interface Visit {
  readonly span: Span
  readonly end: number
}
