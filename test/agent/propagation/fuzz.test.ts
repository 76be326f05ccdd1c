import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import test from 'node:test'
import { combine, type Format, type FormatName, type TraceContext } from '../../../src/agent/propagation/index.js'

/** Set it to the seed that a failure names. */
const SEED = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31))
const CALLS = Number(process.env.FUZZ_CALLS ?? 2_000_000)
const NAMES: readonly FormatName[] = ['jaeger', 'w3c', 'b3', 'b3-single']
const SHARES = 4

/** Each format on its own, and all of them as one: a call of that is one of each. */
const formats: readonly [Format, number][] = [
  ...NAMES.map((name): [Format, number] => [combine([name]), 1]),
  [combine(NAMES), NAMES.length],
]

/** What no reader takes, in any header: where it shows up, text went through unparsed. */
const JUNK = '\u00a4'

const PARTS: readonly (() => string)[] = [
  ...[
    () => hex(16),
    () => hex(32),
    () => hex(15),
    () => hex(1),
    () => hex(33),
    () => '0'.repeat(16),
    () => '0'.repeat(32),
  ],
  ...[
    () => '00',
    () => '01',
    () => 'ff',
    () => 'cc',
    () => '0',
    () => '1',
    () => 'd',
    () => 'true',
    () => 'false',
    () => '3',
  ],
  ...[
    () => JUNK,
    () => '',
    () => '%3A',
    () => '%',
    () => '%FF',
    () => '%ZZ',
    () => '\u0000',
    () => ' ',
    () => '\t',
    () => '@',
  ],
  ...[() => 'foo', () => 'a', () => 'rojo', () => '__proto__', () => 'constructor', () => 'z'.repeat(300), () => 'é'],
]
const SEPARATORS = [':', '-', ',', '=', ';', '', ', ', '%3a', '.']

/** Whole headers as they should be. */
const GRAMMAR: Readonly<Record<string, () => string>> = {
  'uber-trace-id': () => `${hex(any([16, 32]))}:${hex(16)}:${any(['0', hex(16)])}:${any('0123')}`,
  'uberctx-k': () => encodeURIComponent(part()),
  'jaeger-baggage': () => repeat(() => `${part()}=${part()}`, ','),
  'jaeger-debug-id': () => part(),
  traceparent: () => `${any(['00', '00', 'cc', 'ff'])}-${hex(32)}-${hex(16)}-${any(['00', '01', 'ff'])}`,
  tracestate: () =>
    repeat(() => `${any(['foo', 'bar', 'a@b', hex(3)])}=${any(['1', hex(16), 'x y'])}`, any([',', ' , '])),
  baggage: () =>
    repeat(() => `${any(['k', 'key', '__proto__', hex(2)])}=${any(['v', '%20', hex(8)])}${any(['', ';p=1'])}`, ','),
  'x-b3-traceid': () => hex(any([16, 32])),
  'x-b3-spanid': () => hex(16),
  'x-b3-parentspanid': () => hex(16),
  'x-b3-sampled': () => any(['0', '1', 'true', 'false']),
  'x-b3-flags': () => any(['0', '1']),
  b3: () => any([`${hex(32)}-${hex(16)}-${any('01d')}`, `${hex(16)}-${hex(16)}-1-${hex(16)}`, any('01d')]),
}
const HEADERS = Object.keys(GRAMMAR)

/** What each outgoing header may be made of. */
const OUTGOING: Readonly<Record<string, RegExp>> = {
  'uber-trace-id': /^[\da-f]{1,32}:[\da-f]{1,16}:[\da-f]{1,16}:[\da-f]$/,
  traceparent: /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-0[01]$/,
  tracestate:
    /^(?=.{1,512}$)([a-z\d_*/@-]+=[\x20-\x2b\x2d-\x3c\x3e-\x7e]+)(,[a-z\d_*/@-]+=[\x20-\x2b\x2d-\x3c\x3e-\x7e]+){0,31}$/,
  baggage: /^(?=.{1,8192}$)[!#$%&'*+.^_`|~\w-]+=[\w.!~*'()%-]*(,[!#$%&'*+.^_`|~\w-]+=[\w.!~*'()%-]*)*$/,
  'x-b3-traceid': /^(?!0+$)([\da-f]{16}|[\da-f]{32})$/,
  'x-b3-spanid': /^(?!0+$)[\da-f]{16}$/,
  'x-b3-parentspanid': /^(?!0+$)[\da-f]{16}$/,
  'x-b3-sampled': /^[01]$/,
  'x-b3-flags': /^1$/,
  b3: /^([01d]|([\da-f]{16}|[\da-f]{32})-[\da-f]{16}(-[01d](-[\da-f]{16})?)?)$/,
}

const TRACE_ID = /^(?!0+$)[\da-f]{0,32}$/
const SPAN_ID = /^(?!0+$)[\da-f]{0,16}$/
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/
const ENCODED = /^[\w.!~*'()%-]*$/
const NEVER = /(?!)/

let state = 0

for (let share = 0; share < SHARES; share++) {
  test(`no input makes a reader or a writer throw, or goes on unparsed (share ${share + 1} of ${SHARES})`, () => {
    const language = Reflect.ownKeys(Object.prototype).length
    state = SEED + share
    let calls = 0
    while (calls < CALLS / SHARES) {
      const seed = state
      const carrier = makeCarrier()
      try {
        calls += play(carrier)
      } catch (error) {
        throw new Error(`FUZZ_SEED=${seed}: ${JSON.stringify(carrier)}`, { cause: error })
      }
    }

    assert.equal(Reflect.ownKeys(Object.prototype).length, language)
    assert.ok(calls >= CALLS / SHARES)
  })
}

/** Text that makes a careless expression or loop go over it again and again. */
const ATTACKS: readonly string[] = [
  ...['0', 'f', '-', ':', ',', '=', ';', '%', ' ', '\t', '@', '%3A', '%FF', 'a=b,', 'a=1 ,', 'k=%FF', 'x ', ', ', '0-'],
  ...['00-', 'a@', 'k=v;', '%', '\u00e9', 'a= ', '=;', '=,'],
]
const LENGTH = 1 << 18
const LONGEST_MILLISECONDS = 1_000

test('a header of 256 KiB is read in time that no more than grows with it', () => {
  const prefixes = ['', 'a=', `cc-${'1'.repeat(32)}-${'1'.repeat(16)}-01-`, `${'1'.repeat(16)}-`]
  const endings = ['', '\u0000', 'a=1', 'f']
  for (const attack of ATTACKS) {
    for (const prefix of prefixes) {
      for (const ending of endings) {
        const text = prefix + attack.repeat(LENGTH / attack.length) + ending
        const headers = Object.fromEntries(HEADERS.map((name) => [name, text]))
        const valid = { ...headers, traceparent: `00-${'1'.repeat(32)}-${'1'.repeat(16)}-01` }
        for (const carrier of [headers, valid]) {
          const started = performance.now()

          // What takes a millisecond at most would take a minute if its time grew with the square.
          for (const [format] of formats) format.read(carrier, true)

          assert.ok(performance.now() - started < LONGEST_MILLISECONDS, JSON.stringify([prefix, attack, ending]))
        }
      }
    }
  }
})

test('a carrier is gone over once by each format, however many headers it has', () => {
  for (const size of [100, 800]) {
    let reads = 0
    const many = Object.fromEntries(Array.from({ length: size }, (_, index) => [`x-b3-header-${index}`, 'v']))
    const carrier = new Proxy(many, {
      getOwnPropertyDescriptor(target, key) {
        reads++
        return Reflect.getOwnPropertyDescriptor(target, key)
      },
    })

    combine(NAMES).read(carrier, true)

    assert.ok(reads <= NAMES.length * size, `${reads} for ${size} headers`)
  }
})

/** Reads a carrier in every format, and writes what came of it; answers the number of calls. */
function play(carrier: object): number {
  let calls = 0
  for (const [format, size] of formats) {
    const trusting = format.read(carrier, true)
    const context = format.read(carrier, false)
    check(trusting, true)
    check(context, false)
    const outgoing = {}
    calls += 2 * size
    if (trusting === undefined) continue
    format.write(trusting, outgoing)
    calls += size
    for (const name in outgoing) checkHeader(name, String(Reflect.get(outgoing, name)))
  }
  return calls
}

function check(context: TraceContext | undefined, allowDebug: boolean): void {
  if (context === undefined) return
  const { traceId, spanId, parentId, flags = 0, baggage, tracestate, debugId } = context
  hold(TRACE_ID.test(traceId) && SPAN_ID.test(spanId) && SPAN_ID.test(parentId), 'ids')
  hold((traceId === '') === (spanId === ''), 'half of the ids')
  hold(Number.isInteger(flags) && flags >= 0 && flags <= 0xf, 'flags')
  hold(allowDebug || ((flags & 2) === 0 && debugId === ''), 'debug')
  hold(debugId.length <= 128 && tracestate.length <= 512, 'length')
  hold(Object.getPrototypeOf(baggage) === null, 'prototype')
  let entries = 0
  for (const key in baggage) {
    entries++
    hold(TOKEN.test(key) && typeof baggage[key] === 'string', 'baggage')
  }
  hold(entries <= 64, 'number of entries')
}

function checkHeader(name: string, value: string): void {
  const grammar = OUTGOING[name] ?? (name.startsWith('uberctx-') && TOKEN.test(name) ? ENCODED : NEVER)
  hold(!name.includes(JUNK) && !value.includes(JUNK) && grammar.test(value), `${name}: ${value}`)
}

/** Checked some ten million times: an assertion each would take longer than what it looks at. */
function hold(holds: boolean, what: string): void {
  if (!holds) assert.fail(what)
}

/** Some headers: as they should be, damaged in one place, or made of anything. */
function makeCarrier(): Record<string, string> {
  const carrier: Record<string, string> = Object.create(null)
  for (let count = 1 + random(5); count > 0; count--) {
    const name = any(HEADERS)
    const make = GRAMMAR[name] ?? part
    const choice = random(4)
    const text = choice === 3 ? anything() : make()
    const key = name === 'uberctx-k' ? `uberctx-${any(['k', '__proto__', 'K', '', 'a b', part()])}` : name
    carrier[random(8) === 0 ? key.toUpperCase() : key] = choice === 2 ? damage(text) : text
  }
  return carrier
}

function damage(text: string): string {
  const at = random(text.length + 1)
  const gone = random(3)
  return text.slice(0, at) + any(['', part(), any(SEPARATORS)]) + text.slice(at + gone)
}

function anything(): string {
  const separator = any(SEPARATORS)
  return repeat(part, separator)
}

function repeat(make: () => string, separator: string): string {
  let text = make()
  for (let count = random(8) === 0 ? random(80) : random(4); count > 0; count--) text += separator + make()
  return text
}

function part(): string {
  return PARTS[random(PARTS.length)]?.() ?? ''
}

function hex(digits: number): string {
  let text = ''
  while (text.length < digits)
    text += random(2 ** 28)
      .toString(16)
      .padStart(7, '0')
  return text.slice(0, digits)
}

function any<Value>(values: ArrayLike<Value>): Value {
  const value = values[random(values.length)]
  if (value === undefined) assert.fail('nothing to choose from')
  return value
}

/** Mulberry32: a whole number below the limit. */
function random(limit: number): number {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), state | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
}
