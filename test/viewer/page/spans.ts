import assert from 'node:assert/strict'
import type { JaegerReference, JaegerTrace } from '../../../src/viewer/page/model/jaeger.js'
import type { Span } from '../../../src/viewer/page/model/span.js'
import { type Clocks, readTrace, type Trace } from '../../../src/viewer/page/model/trace.js'
import { type Said, TraceBuilder } from './traces/builder.js'

const TRACE = 'feedfacecafebeef'

/** A span of a test: its id names it, and `under` its parent. Times are microseconds from the trace's start. */
export interface Brief {
  readonly id: string
  readonly under?: string
  readonly follows?: string
  readonly at: number
  readonly for: number
  readonly service?: string
  readonly operation?: string
  readonly tags?: Readonly<Record<string, unknown>>
}

/** A trace of such spans, which begins at 1,000,000 µs. */
export function traceOf(briefs: readonly Brief[], clocks?: Clocks): Trace {
  return readTrace(jsonOf(briefs), clocks)
}

export function jsonOf(briefs: readonly Brief[]): JaegerTrace {
  const builder = new TraceBuilder(TRACE, 1_000_000)
  for (const brief of briefs) builder.span(saidOf(brief))
  return builder.json()
}

/** The trace's span of that key. */
export function spanIn(trace: Trace, key: string): Span {
  const span = trace.spans.find((each) => each.key === key)
  assert.ok(span, `no span ${key} among ${trace.spans.map((each) => each.key)}`)
  return span
}

/** The tree as text: each span indented below its parent. */
export function outline({ spans }: Trace): string[] {
  return spans.map(({ key, depth }) => `${'  '.repeat(depth)}${key}`)
}

function saidOf({ id, under, follows, at, service = 'app', operation = id, tags = {}, ...brief }: Brief): Said {
  const references = [...reference('CHILD_OF', under), ...reference('FOLLOWS_FROM', follows)]
  return { id, service, operation, start: at, duration: brief.for, tags, references }
}

function reference(refType: JaegerReference['refType'], spanID: string | undefined): JaegerReference[] {
  return spanID === undefined ? [] : [{ refType, traceID: TRACE, spanID }]
}
