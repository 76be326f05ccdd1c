import { isToken } from '../text.js'
import { Baggage, encodeBaggage, listEntries, NO_BAGGAGE } from './baggage.js'
import { put } from './carrier.js'
import { DEBUG, type OutgoingContext, type TraceContext } from './trace-context.js'

const TRACE_HEADER = 'uber-trace-id'
const BAGGAGE_PREFIX = 'uberctx-'
const BAGGAGE_HEADER = 'jaeger-baggage'
const DEBUG_HEADER = 'jaeger-debug-id'

const LONGEST_TRACE_HEADER = 100
const LONGEST_DEBUG_ID = 128
const KNOWN_FLAGS = 0x0f

const IDS = /^([\da-f]{1,32}):([\da-f]{1,16}):([\da-f]{0,16}):([\da-f]{1,2})$/
const ZERO = /^0+$/
const PRINTABLE = /^[\x20-\x7e]+$/

/**
 * Reads `uber-trace-id`, `uberctx-*`, `jaeger-baggage` and, where `allowDebug` says so, `jaeger-debug-id`.
 * Ids that are not exactly in the form are none; baggage beside them counts all the same. Never throws.
 * https://www.jaegertracing.io/sdk-migration/#propagation-format
 */
export function readJaeger(carrier: unknown, allowDebug: boolean): TraceContext | undefined {
  if (typeof carrier !== 'object' || carrier === null) return undefined
  try {
    return read(carrier, allowDebug)
  } catch {
    return undefined
  }
}

/** Writes the same headers anew from parsed ids. Baggage that Node would refuse in a header is left out. Never throws. */
export function writeJaeger(context: Omit<OutgoingContext, 'tracestate'>, carrier: unknown): void {
  const { traceId, spanId, parentId, flags, baggage } = context
  if (traceId !== '' && spanId !== '' && flags !== undefined) {
    const knownFlags = (flags & KNOWN_FLAGS).toString(16)
    put(carrier, TRACE_HEADER, `${traceId}:${spanId}:${parentId || '0'}:${knownFlags}`)
  }
  for (const key in baggage) {
    const value = encodeBaggage(baggage[key])
    if (value !== undefined && isToken(key)) put(carrier, BAGGAGE_PREFIX + key, value)
  }
}

function read(carrier: object, allowDebug: boolean): TraceContext | undefined {
  let ids: RegExpExecArray | undefined
  let debugId = ''
  const baggage = new Baggage()
  for (const key in carrier) {
    // Decided by one letter: most headers of a request are none of ours.
    const initial = key[0]
    if (initial !== 'u' && initial !== 'j' && initial !== 'U' && initial !== 'J') continue
    const value = Object.hasOwn(carrier, key) ? Reflect.get(carrier, key) : undefined
    if (typeof value !== 'string') continue

    const name = key.toLowerCase()
    if (name === TRACE_HEADER) ids = parseIds(value)
    else if (name === BAGGAGE_HEADER) addAll(baggage, value)
    else if (name.startsWith(BAGGAGE_PREFIX)) baggage.add(name.slice(BAGGAGE_PREFIX.length), value)
    else if (name === DEBUG_HEADER && allowDebug) debugId = parseDebugId(value)
  }
  if (ids === undefined && debugId === '' && baggage.entries === NO_BAGGAGE) return undefined

  const [, traceId = '', spanId = '', parentId = '', flags = ''] = ids ?? []
  const allowedFlags = allowDebug ? KNOWN_FLAGS : KNOWN_FLAGS & ~DEBUG
  return {
    traceId,
    spanId,
    parentId: ZERO.test(parentId) ? '' : parentId,
    flags: ids === undefined ? undefined : Number.parseInt(flags, 16) & allowedFlags,
    baggage: baggage.entries,
    tracestate: '',
    debugId,
  }
}

/** Python's client percent-encodes the colons. */
function parseIds(value: string): RegExpExecArray | undefined {
  if (value.length > LONGEST_TRACE_HEADER) return undefined
  const ids = IDS.exec(value.toLowerCase().replaceAll('%3a', ':'))
  const [, traceId = '0', spanId = '0'] = ids ?? []
  return ids === null || ZERO.test(traceId) || ZERO.test(spanId) ? undefined : ids
}

function parseDebugId(value: string): string {
  return value.length <= LONGEST_DEBUG_ID && PRINTABLE.test(value) ? value : ''
}

/** Entries of `jaeger-baggage`. The names of headers are not told apart by case: no key is. */
function addAll(baggage: Baggage, list: string): void {
  for (const [key, value] of listEntries(list)) baggage.add(key.toLowerCase(), value)
}
