import { type JaegerContext, readJaeger, writeJaeger } from '../../propagation/jaeger.js'
import { type Codec, type JaegerSpanContext, load } from './client.js'

/**
 * Puts our strict reading and writing of headers in the place of jaeger-client's, which takes whatever begins like a
 * hex number for an id and sends it on.
 */
export function jaegerCodec(allowDebug: boolean): Codec {
  return {
    extract(carrier) {
      const context = readJaeger(carrier, allowDebug)
      return context === undefined ? null : toSpanContext(context)
    },
    inject(context, carrier) {
      writeJaeger(fromSpanContext(context), carrier)
    },
  }
}

/** A context without ids is not valid in jaeger-client's eyes; a new trace gets its baggage, and its debug id. */
function toSpanContext({ traceId, spanId, parentId, flags, baggage, debugId }: JaegerContext): JaegerSpanContext {
  return load('span_context').withStringIds(traceId || null, spanId || null, parentId || null, flags, baggage, debugId)
}

function fromSpanContext(context: JaegerSpanContext): Omit<JaegerContext, 'debugId'> {
  const { traceIdStr, spanIdStr, parentIdStr, flags, baggage } = context
  return { traceId: traceIdStr ?? '', spanId: spanIdStr ?? '', parentId: parentIdStr ?? '', flags, baggage }
}
