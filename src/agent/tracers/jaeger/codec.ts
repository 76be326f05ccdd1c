import type { Format, OutgoingContext, TraceContext } from '../../propagation/index.js'
import { type Codec, type JaegerSpanContext, load } from './client.js'

/** jaeger-client keeps no `tracestate`: here it is, by what all spans of a trace share within a process. */
const tracestates = new WeakMap<object, string>()

/** Contexts whose sender has not said whether to keep the trace. jaeger-client knows yes and no. */
const undecided = new WeakSet<object>()

/**
 * Puts our strict reading and writing of headers in the place of jaeger-client's, which takes whatever begins like a
 * hex number for an id and sends it on.
 */
export function jaegerCodec(format: Format, allowDebug: boolean): Codec {
  return {
    extract(carrier) {
      const context = format.read(carrier, allowDebug)
      return context === undefined ? null : toSpanContext(context)
    },
    inject(context, carrier) {
      format.write(fromSpanContext(context), carrier)
    },
  }
}

function toSpanContext(context: TraceContext): JaegerSpanContext {
  const { traceId, spanId, parentId, flags, baggage, tracestate, debugId } = context
  if (traceId === '' && flags !== undefined) return newTrace(flags, baggage)

  // A context without ids is not valid in jaeger-client's eyes; a new trace gets its baggage, and its debug id.
  const spanContext = load('span_context').withStringIds(
    traceId || null,
    spanId || null,
    parentId || null,
    flags ?? 0,
    baggage,
    debugId,
  )
  if (tracestate !== '') tracestates.set(spanContext._samplingState, tracestate)
  return flags === undefined ? leaveToSampler(spanContext) : spanContext
}

/** The next span samples its trace as it is told here, and begins it. */
function newTrace(flags: number, baggage: TraceContext['baggage']): JaegerSpanContext {
  const SpanContext = load('span_context')
  return Object.defineProperties(SpanContext.withStringIds(null, null, null, flags, baggage, ''), {
    isValid: { value: true },
    _makeChildContext: { value: (id: Uint8Array) => SpanContext.withBinaryIds(id, id, null, flags, baggage) },
  })
}

/** jaeger-client takes no sampler's advice in a trace that it knows to be remote. */
function leaveToSampler(spanContext: JaegerSpanContext): JaegerSpanContext {
  undecided.add(spanContext)
  return Object.defineProperty(spanContext, '_setRemote', { value() {} })
}

function fromSpanContext(context: JaegerSpanContext): OutgoingContext {
  const { traceIdStr, spanIdStr, parentIdStr, flags, baggage, _samplingState } = context
  return {
    traceId: traceIdStr ?? '',
    spanId: spanIdStr ?? '',
    parentId: parentIdStr ?? '',
    flags: undecided.has(context) ? undefined : flags,
    baggage,
    tracestate: tracestates.get(_samplingState) ?? '',
  }
}
