import { isToken } from '../text.js'
import { Baggage, encodeBaggage, listEntries, MOST_BAGGAGE_BYTES, NO_BAGGAGE } from './baggage.js'
import { headerNames, pick, put } from './carrier.js'
import { type OutgoingContext, SAMPLED, type TraceContext } from './trace-context.js'

const HEADERS = headerNames('traceparent', 'tracestate', 'baggage')

const LENGTH_OF_VERSION_0 = 55
const HALF_OF_ZEROS = '0'.repeat(16)
const LONGEST_TRACESTATE = 512
const MOST_MEMBERS = 32
const LONG_MEMBER = 128

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})$/
const MEMBER =
  /^([a-z][a-z\d_*/-]{0,255}|[a-z\d][a-z\d_*/-]{0,240}@[a-z][a-z\d_*/-]{0,13})=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/
const BAGGAGE_VALUE = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/

/**
 * Reads `traceparent` and its `tracestate`, and `baggage`, with or without them. Never throws.
 * https://www.w3.org/TR/trace-context-1/ https://www.w3.org/TR/baggage/
 */
export function readW3c(carrier: unknown): TraceContext | undefined {
  const [traceparent, tracestate, list] = pick(carrier, HEADERS)
  const ids = traceparent === undefined ? undefined : parseTraceparent(traceparent)
  const baggage = list === undefined ? NO_BAGGAGE : parseBaggage(list)
  if (ids === undefined && baggage === NO_BAGGAGE) return undefined

  const [, traceId = '', spanId = '', flags = ''] = ids ?? []
  return {
    traceId: narrow(traceId),
    spanId,
    parentId: '',
    flags: ids === undefined ? undefined : Number.parseInt(flags, 16) & SAMPLED,
    baggage,
    tracestate: ids === undefined || tracestate === undefined ? '' : parseTracestate(tracestate),
    debugId: '',
  }
}

/** Writes the same headers anew. `traceparent` has no way to say that nobody has decided on sampling: none is written. */
export function writeW3c({ traceId, spanId, flags, tracestate, baggage }: OutgoingContext, carrier: unknown): void {
  if (traceId !== '' && spanId !== '' && flags !== undefined) {
    const sampled = flags & SAMPLED ? '01' : '00'
    put(carrier, 'traceparent', `00-${traceId.padStart(32, '0')}-${spanId.padStart(16, '0')}-${sampled}`)
    if (tracestate !== '') put(carrier, 'tracestate', tracestate)
  }
  const list = formatBaggage(baggage)
  if (list !== '') put(carrier, 'baggage', list)
}

/** A later version may go on after the four fields that we know, after a hyphen. */
function parseTraceparent(value: string): RegExpExecArray | undefined {
  const isLonger = value.length > LENGTH_OF_VERSION_0
  if (isLonger && (value.startsWith('00') || value[LENGTH_OF_VERSION_0] !== '-')) return undefined
  return TRACEPARENT.exec(isLonger ? value.slice(0, LENGTH_OF_VERSION_0) : value) ?? undefined
}

/**
 * A trace id of 64 bits has 16 zeros in front here, which it had nowhere else. Without them it is again the text that
 * the trace began with: that of `uber-trace-id` and of logs, and the one that Jaeger shows, whose store knows numbers.
 */
function narrow(traceId: string): string {
  return traceId.startsWith(HALF_OF_ZEROS) ? traceId.slice(HALF_OF_ZEROS.length) : traceId
}

/** All members, or `''` where one is malformed, comes twice, or is one too many. */
function parseTracestate(value: string): string {
  // Empty members are allowed, and are not counted; there is an end to them too.
  const parts = value.split(',', 2 * MOST_MEMBERS + 1)
  if (parts.length > 2 * MOST_MEMBERS) return ''
  const keys = new Set<string>()
  const members: string[] = []
  for (const part of parts) {
    const member = part.trim()
    if (member === '') continue
    const key = MEMBER.exec(member)?.[1]
    if (key === undefined || keys.has(key) || keys.size === MOST_MEMBERS) return ''
    keys.add(key)
    members.push(member)
  }
  return shorten(members)
}

/** Where there is too much, long members go first, and then those at the end, as the specification says. */
function shorten(members: readonly string[]): string {
  const all = members.join(',')
  if (all.length <= LONGEST_TRACESTATE) return all
  const short = members.filter(({ length }) => length <= LONG_MEMBER)
  while (short.join(',').length > LONGEST_TRACESTATE) short.pop()
  return short.join(',')
}

/** Properties of entries are dropped: OpenTracing has no place for them. */
function parseBaggage(list: string): TraceContext['baggage'] {
  const baggage = new Baggage()
  for (const [key, text] of listEntries(list)) {
    const [value = ''] = text.split(';', 1)
    if (BAGGAGE_VALUE.test(value.trimEnd())) baggage.add(key, value.trimEnd())
  }
  return baggage.entries
}

function formatBaggage(baggage: TraceContext['baggage']): string {
  let list = ''
  for (const key in baggage) {
    const value = encodeBaggage(baggage[key])
    if (value === undefined || !isToken(key)) continue
    const longer = list === '' ? `${key}=${value}` : `${list},${key}=${value}`
    if (longer.length <= MOST_BAGGAGE_BYTES) list = longer
  }
  return list
}
