import timers from 'node:timers/promises'
import { type Span, Tracer } from 'opentracing'
import { now } from '../../agent/clock.js'
import type { Config } from '../../agent/config.js'
import { untraced } from '../../agent/context.js'
import { contextOf, finish, Recorder, type Tags } from '../../agent/recorder.js'
import type { Backend, Delivery } from '../../agent/tracers/backend.js'
import { chooseBackend } from '../../agent/tracers/index.js'

/** The name of the span that is sent. */
export const OPERATION = 'tracing doctor'

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
  const backend = untraced(() => chooseBackend(config))
  const recorder = new Recorder(() => backend)
  const first = start(recorder, {})
  const isDropped = first?.isSampled === false
  const sent = isDropped ? start(recorder, { 'sampling.priority': 1 }) : first
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

/** A span, and what the tracer tells of it. */
function start(recorder: Recorder, tags: Tags): Started | undefined {
  const span = recorder.start(OPERATION, undefined, now(), { component: 'tracing', ...tags })
  const context = span && contextOf(span)
  if (span === undefined || context === undefined) return undefined
  const { traceId = '', sampled } = recorder.idsOf(context)
  return { span, traceId, isSampled: sampled }
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
