const TRACE_HEADER = 'uber-trace-id'
const BAGGAGE_PREFIX = 'uberctx-'
const BAGGAGE_HEADER = 'jaeger-baggage'
const DEBUG_HEADER = 'jaeger-debug-id'

const LONGEST_TRACE_HEADER = 100
const LONGEST_DEBUG_ID = 128
const MOST_BAGGAGE_ENTRIES = 64
const MOST_BAGGAGE_BYTES = 8_192
const KNOWN_FLAGS = 0x0f
const DEBUG_FLAG = 0x02

const IDS = /^([\da-f]{1,32}):([\da-f]{1,16}):([\da-f]{0,16}):([\da-f]{1,2})$/
const ZERO = /^0+$/
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/
const PRINTABLE = /^[\x20-\x7e]+$/

/** What Jaeger's own headers say of the caller's span. */
export interface JaegerContext {
  /** 1 to 32 hex digits in lower case, as wide as they came; `''` where there is only baggage or a debug id. */
  readonly traceId: string
  readonly spanId: string
  /** `''` at the root of a trace. */
  readonly parentId: string
  /** 1: sampled, 2: debug, 8: firehose. */
  readonly flags: number
  readonly baggage: Readonly<Record<string, string>>
  /** What a user asked to find a forced trace by; `''` where nobody did. */
  readonly debugId: string
}

/**
 * Reads `uber-trace-id`, `uberctx-*`, `jaeger-baggage` and, where `allowDebug` says so, `jaeger-debug-id`.
 * Ids that are not exactly in the form are none; baggage beside them counts all the same. Never throws.
 * https://www.jaegertracing.io/sdk-migration/#propagation-format
 */
export function readJaeger(carrier: unknown, allowDebug: boolean): JaegerContext | undefined {
  if (typeof carrier !== 'object' || carrier === null) return undefined
  try {
    return read(carrier, allowDebug)
  } catch {
    return undefined
  }
}

/** Writes the same headers anew from parsed ids. Baggage that Node would refuse in a header is left out. Never throws. */
export function writeJaeger(context: Omit<JaegerContext, 'debugId'>, carrier: unknown): void {
  if (typeof carrier !== 'object' || carrier === null) return
  const { traceId, spanId, parentId, flags, baggage } = context
  try {
    if (traceId !== '' && spanId !== '') {
      const knownFlags = (flags & KNOWN_FLAGS).toString(16)
      Reflect.set(carrier, TRACE_HEADER, `${traceId}:${spanId}:${parentId || '0'}:${knownFlags}`)
    }
    for (const key in baggage) {
      const value = encode(baggage[key])
      if (value !== undefined && TOKEN.test(key)) Reflect.set(carrier, BAGGAGE_PREFIX + key, value)
    }
  } catch {
    // A carrier that cannot be written to goes without.
  }
}

function read(carrier: object, allowDebug: boolean): JaegerContext | undefined {
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
    else if (name === BAGGAGE_HEADER) baggage.addAll(value)
    else if (name.startsWith(BAGGAGE_PREFIX)) baggage.add(name.slice(BAGGAGE_PREFIX.length), value)
    else if (name === DEBUG_HEADER && allowDebug) debugId = parseDebugId(value)
  }
  if (ids === undefined && debugId === '' && baggage.count === 0) return undefined

  const [, traceId = '', spanId = '', parentId = '', flags = '0'] = ids ?? []
  return {
    traceId,
    spanId,
    parentId: ZERO.test(parentId) ? '' : parentId,
    flags: Number.parseInt(flags, 16) & (allowDebug ? KNOWN_FLAGS : KNOWN_FLAGS & ~DEBUG_FLAG),
    baggage: baggage.entries,
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

/** `undefined` for what has no text, such as half a surrogate pair. */
function encode(value: unknown): string | undefined {
  try {
    return encodeURIComponent(String(value))
  } catch {
    return undefined
  }
}

/** The entries that came, as many as may be kept. */
class Baggage {
  /** Without a prototype: `__proto__` is a key like any other. */
  readonly entries: Record<string, string> = Object.create(null)
  count = 0
  private bytes = 0

  /** Adds the entries of `jaeger-baggage: key1=value1, key2=value2`. */
  addAll(list: string): void {
    const entries = list.slice(0, MOST_BAGGAGE_BYTES + 1).split(',', MOST_BAGGAGE_ENTRIES)
    if (list.length > MOST_BAGGAGE_BYTES) entries.pop()
    for (const entry of entries) {
      const equals = entry.indexOf('=')
      if (equals !== -1) this.add(entry.slice(0, equals).trim(), entry.slice(equals + 1).trim())
    }
  }

  add(key: string, value: string): void {
    const bytes = this.bytes + key.length + value.length
    if (this.count === MOST_BAGGAGE_ENTRIES || bytes > MOST_BAGGAGE_BYTES || !TOKEN.test(key)) return
    try {
      this.entries[key.toLowerCase()] = value.includes('%') ? decodeURIComponent(value) : value
      this.bytes = bytes
      this.count++
    } catch {
      // A malformed escape.
    }
  }
}
