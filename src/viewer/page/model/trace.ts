import { alignClocks, findSkew } from './clocks.js'
import type { JaegerTrace } from './jaeger.js'
import { endOf, readSpan, type Span } from './span.js'
import { growTree, inOrder } from './tree.js'

/** Whether spans are shown when their clocks say that they were, or moved to where they must have been. */
export type Clocks = 'as-sent' | 'aligned'

/** A trace as the page shows it. Times are microseconds since the epoch. */
export interface Trace {
  readonly id: string
  /** Every span, each followed by those below it. */
  readonly spans: readonly Span[]
  readonly roots: readonly Span[]
  readonly start: number
  readonly duration: number
  /** The services, the busiest first. */
  readonly services: readonly string[]
  readonly errors: number
  /** How many levels of spans there are. */
  readonly levels: number
  /** How many spans' clocks disagree with those of their parents. */
  readonly skewed: number
  /** What the viewer says about it. */
  readonly warnings: readonly string[]
}

/** Makes a tree of Jaeger's JSON. Never throws for what senders may have put in it. */
export function readTrace(json: JaegerTrace, clocks: Clocks = 'as-sent'): Trace {
  const roots = growTree(json.spans.map((span) => readSpan(span, json.processes)))
  findSkew(roots)
  if (clocks === 'aligned') alignClocks(inOrder(roots))
  const spans = inOrder(roots)
  const start = spans.reduce((least, span) => Math.min(least, span.start), Number.POSITIVE_INFINITY)
  const end = spans.reduce((most, span) => Math.max(most, endOf(span)), Number.NEGATIVE_INFINITY)
  return {
    id: json.traceID,
    spans,
    roots,
    start: spans.length > 0 ? start : 0,
    duration: spans.length > 0 ? end - start : 0,
    services: busiest(spans),
    errors: spans.filter(({ hasError }) => hasError).length,
    levels: spans.reduce((most, { depth }) => Math.max(most, depth + 1), 0),
    skewed: spans.filter(({ skew }) => skew !== 0).length,
    warnings: (json.warnings ?? []).filter((warning) => !isAboutClocks(warning)),
  }
}

/** What the page says itself, knowing whether it has moved spans. */
function isAboutClocks(warning: string): boolean {
  return warning.startsWith('the clocks of ')
}

function busiest(spans: readonly Span[]): string[] {
  const counts = new Map<string, number>()
  for (const { service } of spans) counts.set(service, (counts.get(service) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one).map(([name]) => name)
}
