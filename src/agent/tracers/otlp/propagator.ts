import {
  DEBUG,
  type Format,
  type OutgoingContext,
  SAMPLED,
  type TraceContext,
} from '../../propagation/trace-context.js'
import type { Packages } from './packages.js'
import type { Context, OtelSpanContext, Propagator } from './sdk.js'
import { isDebugged, markDebugged, note, wishOf } from './wishes.js'

const NO_TRACE = '0'.repeat(32)
const NO_SPAN = '0'.repeat(16)
/** A trace id of 64 bits is written without the zeros that fill it up, as it came. */
const FILLING = /^0{16}(?=[\da-f]{16}$)/

/** The agent's own reading and writing of headers, as OpenTelemetry's shim asks for it. */
export function propagator({ api }: Packages, format: Format, allowDebug: boolean): Propagator {
  const { trace, propagation } = api
  return {
    extract(context, carrier) {
      const read = format.read(carrier, allowDebug)
      if (read === undefined) return context
      const entries = Object.entries(read.baggage).map(([key, value]) => [key, { value }] as const)
      const baggage = propagation.createBaggage(Object.fromEntries(entries))
      return propagation.setBaggage(trace.setSpanContext(context, toSpanContext(read)), baggage)
    },

    inject(context, carrier) {
      const spanContext = trace.getSpanContext(context)
      if (spanContext !== undefined) format.write(outgoing(spanContext, context), carrier)
    },

    fields: () => [],
  }

  /** What a sender says beyond what OpenTelemetry's contexts can say is kept beside them. */
  function toSpanContext(read: TraceContext): OtelSpanContext {
    const { traceId, spanId, flags, debugId, tracestate } = read
    const isForced = debugId !== '' || ((flags ?? 0) & DEBUG) !== 0
    const traceState = isForced || tracestate !== '' ? api.createTraceState(tracestate) : undefined
    if (isForced && traceState !== undefined) markDebugged(traceState)
    const spanContext: OtelSpanContext = {
      traceId: traceId.padStart(32, '0'),
      spanId: spanId.padStart(16, '0'),
      traceFlags: isForced ? SAMPLED : (flags ?? 0) & SAMPLED,
      isRemote: true,
      traceState,
    }
    const isSaid = traceId !== '' && flags !== undefined
    if (isForced || !isSaid) note(spanContext, { flags: isForced ? SAMPLED : flags, debugId })
    return spanContext
  }

  function outgoing(spanContext: OtelSpanContext, context: Context): OutgoingContext {
    const { traceId, spanId, traceFlags, traceState } = spanContext
    const wish = wishOf(spanContext)
    const flags = wish === undefined ? traceFlags & SAMPLED : wish.flags
    const entries = propagation.getBaggage(context)?.getAllEntries() ?? []
    return {
      traceId: traceId === NO_TRACE ? '' : traceId.replace(FILLING, ''),
      spanId: spanId === NO_SPAN ? '' : spanId,
      parentId: '',
      flags: flags !== undefined && isDebugged(traceState) ? flags | DEBUG : flags,
      baggage: Object.fromEntries(entries.map(([key, { value }]) => [key, value])),
      tracestate: traceState?.serialize() ?? '',
    }
  }
}
