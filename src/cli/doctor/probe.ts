import { randomBytes } from 'node:crypto'
import timers from 'node:timers/promises'
import { type Span, type SpanContext, Tracer } from 'opentracing'
import { now } from '../../agent/clock.js'
import type { Config } from '../../agent/config.js'
import { untraced } from '../../agent/context.js'
import { combine } from '../../agent/propagation/index.js'
import { DEBUG, SAMPLED } from '../../agent/propagation/trace-context.js'
import { contextOf, finish, Recorder } from '../../agent/recorder.js'
import type { Backend, Delivery } from '../../agent/tracers/backend.js'
import { chooseBackend } from '../../agent/tracers/index.js'

/** The name of the span that is sent. */
export const OPERATION = 'tracing doctor'

/** The one that can say that a trace is forced. */
const FORMAT = 'jaeger'
const headers = combine([FORMAT])

/** Milliseconds. */
const LONGEST_FLUSH = 3_000
/** How long a refused packet may take to come back, or a tracer of others to fail, in milliseconds. */
const LONGEST_REFUSAL = 500

/** What became of one span. */
export interface Probe {
  /** Whether there is a span. A tracer may keep none, and one that the app makes is not to be had here. */
  readonly span: 'sent' | 'not kept' | 'not made'
  /** As Jaeger shows it; `''` where the tracer does not tell. */
  readonly traceId: string
  /** Whether the sampler keeps it without being told to; `undefined` where the tracer does not tell. */
  readonly isSampled: boolean | undefined
  /** Empty where the tracer does not tell. */
  readonly deliveries: readonly Delivery[]
}

/** Whether each side to which the span went says that it has it. */
export function isAccepted(deliveries: readonly Delivery[]): boolean {
  return deliveries.length > 0 && deliveries.every(({ outcome }) => outcome === 'accepted')
}

/** Makes the tracer that the user chose, and sends a span with it. Takes some seconds at most; never throws. */
export async function probe(config: Config): Promise<Probe> {
  const backend = untraced(() => chooseBackend({ ...config, propagation: [FORMAT], debugId: true }))
  const recorder = new Recorder(() => backend)
  const first = start(recorder, undefined)
  const isDropped = first?.isSampled === false
  const sent = isDropped ? start(recorder, recorder.extract(forcedTrace())) : first
  if (sent !== undefined) finish(sent.span, now())
  await flush(backend)
  if (!isAccepted(deliveriesOf(backend))) await timers.setTimeout(LONGEST_REFUSAL)
  return {
    span: spanOf(backend.tracer, sent),
    traceId: sent?.traceId ?? '',
    isSampled: first?.isSampled,
    deliveries: deliveriesOf(backend),
  }
}

/** A span, and what the tracer tells of it, to us or in the headers of a call. */
function start(recorder: Recorder, parent: SpanContext | undefined): Started | undefined {
  const span = recorder.start(OPERATION, parent, now(), { component: 'tracing' })
  const context = span && contextOf(span)
  if (span === undefined || context === undefined) return undefined
  const flags = headers.read(recorder.inject(context), true)?.flags
  const { traceId = '' } = recorder.idsOf(context)
  return { span, traceId, isSampled: flags === undefined ? undefined : (flags & SAMPLED) !== 0 }
}

/** The headers of a sender who forces the trace to be kept, whatever the sampler. */
function forcedTrace(): object {
  const [traceId, spanId] = [randomBytes(8).toString('hex'), randomBytes(8).toString('hex')]
  const carrier = {}
  headers.write({ traceId, spanId, parentId: '', flags: SAMPLED | DEBUG, baggage: {}, tracestate: '' }, carrier)
  return carrier
}

function deliveriesOf(backend: Backend): readonly Delivery[] {
  return backend.deliveries?.() ?? []
}

async function flush(backend: Backend): Promise<void> {
  const flushed = new Promise<void>((resolve) => backend.flush(LONGEST_FLUSH, resolve))
  await Promise.race([flushed, timers.setTimeout(LONGEST_FLUSH + LONGEST_REFUSAL)])
}

function spanOf(tracer: Tracer | undefined, sent: Started | undefined): Probe['span'] {
  if (tracer === undefined) return 'not made'
  // OpenTracing's own tracer stands for one that is switched off.
  return sent === undefined || Object.getPrototypeOf(tracer) === Tracer.prototype ? 'not kept' : 'sent'
}

interface Started {
  readonly span: Span
  readonly traceId: string
  readonly isSampled: boolean | undefined
}
