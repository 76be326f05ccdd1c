import { NO_BAGGAGE } from './baggage.js'
import { headerNames, pick, put } from './carrier.js'
import { DEBUG, type OutgoingContext, SAMPLED, type TraceContext } from './trace-context.js'

const HEADERS = headerNames('x-b3-traceid', 'x-b3-spanid', 'x-b3-parentspanid', 'x-b3-sampled', 'x-b3-flags')
const SINGLE_HEADER = headerNames('b3')

const TRACE_ID = /^(?!0+$)[\da-f]{1,32}$/
const SPAN_ID = /^(?!0+$)[\da-f]{1,16}$/
const SINGLE = /^(?!0+-)([\da-f]{16}|[\da-f]{32})-(?!0{16})([\da-f]{16})(?:-([01d]))?(?:-([\da-f]{16}))?$/

/** Tracers older than the specification write words. */
const decisions: ReadonlyMap<string | undefined, number> = new Map([
  ['0', 0],
  ['false', 0],
  ['1', SAMPLED],
  ['true', SAMPLED],
])

/**
 * Reads `X-B3-TraceId` and its siblings. Ids may lack leading zeros: those that Jaeger's clients send in this format
 * do. `X-B3-Flags` counts if `allowDebug`. Never throws. https://github.com/openzipkin/b3-propagation
 */
export function readB3(carrier: unknown, allowDebug: boolean): TraceContext | undefined {
  const [traceId, spanId, parentId = '', sampled, debug] = pick(carrier, HEADERS)
  const flags = allowDebug && debug === '1' ? SAMPLED | DEBUG : decisions.get(sampled)
  if (traceId === undefined && spanId === undefined) return decisionOnly(flags)
  if (traceId === undefined || !TRACE_ID.test(traceId)) return undefined
  if (spanId === undefined || !SPAN_ID.test(spanId)) return undefined
  return context(traceId, spanId, SPAN_ID.test(parentId) ? parentId : '', flags)
}

/** Writes the same headers anew. Where nobody has decided on sampling they say nothing of it. Never throws. */
export function writeB3({ traceId, spanId, parentId, flags }: OutgoingContext, carrier: unknown): void {
  if (traceId !== '' && spanId !== '') {
    put(carrier, 'x-b3-traceid', padTraceId(traceId))
    put(carrier, 'x-b3-spanid', padSpanId(spanId))
    if (parentId !== '') put(carrier, 'x-b3-parentspanid', padSpanId(parentId))
  }
  if (flags === undefined) return
  if (flags & DEBUG) put(carrier, 'x-b3-flags', '1')
  else put(carrier, 'x-b3-sampled', flags & SAMPLED ? '1' : '0')
}

/** Reads `b3`, which holds the same in one header; the state `d` counts if `allowDebug`. Never throws. */
export function readB3Single(carrier: unknown, allowDebug: boolean): TraceContext | undefined {
  const [value = ''] = pick(carrier, SINGLE_HEADER)
  if (value.length === 1) return decisionOnly(parseState(value, allowDebug))
  const [, traceId = '', spanId = '', state, parentId = ''] = SINGLE.exec(value) ?? []
  if (traceId === '') return undefined
  return context(traceId, spanId, SPAN_ID.test(parentId) ? parentId : '', parseState(state, allowDebug))
}

/** Writes the same header anew. Never throws. */
export function writeB3Single({ traceId, spanId, parentId, flags }: OutgoingContext, carrier: unknown): void {
  const state = flags === undefined ? '' : formatState(flags)
  if (traceId === '' || spanId === '') {
    if (state !== '') put(carrier, 'b3', state)
    return
  }
  const ids = `${padTraceId(traceId)}-${padSpanId(spanId)}`
  const parent = parentId === '' ? '' : `-${padSpanId(parentId)}`
  put(carrier, 'b3', state === '' ? ids : `${ids}-${state}${parent}`)
}

/** Whether to keep the trace can be said before there is one. */
function decisionOnly(flags: number | undefined): TraceContext | undefined {
  return flags === undefined ? undefined : context('', '', '', flags)
}

/** B3 has no baggage. */
function context(traceId: string, spanId: string, parentId: string, flags: number | undefined): TraceContext {
  return { traceId, spanId, parentId, flags, baggage: NO_BAGGAGE, tracestate: '', debugId: '' }
}

/** A debug flag that nobody may set is none: the decision is ours. */
function parseState(state: string | undefined, allowDebug: boolean): number | undefined {
  if (state === 'd') return allowDebug ? SAMPLED | DEBUG : undefined
  return decisions.get(state)
}

function formatState(flags: number): string {
  if (flags & DEBUG) return 'd'
  return flags & SAMPLED ? '1' : '0'
}

function padTraceId(traceId: string): string {
  return traceId.padStart(traceId.length > 16 ? 32 : 16, '0')
}

function padSpanId(spanId: string): string {
  return spanId.padStart(16, '0')
}
