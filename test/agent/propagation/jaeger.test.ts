import assert from 'node:assert/strict'
import http from 'node:http'
import test from 'node:test'
import { readJaeger, writeJaeger } from '../../../src/agent/propagation/jaeger.js'

const TRACE = '5af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'
const NO_BAGGAGE = Object.create(null)

const valid: [string, string, object][] = [
  ['128 bits', `${TRACE}:${SPAN}:0:1`, { traceId: TRACE, spanId: SPAN, parentId: '', flags: 1 }],
  ['64 bits', `${SPAN}:${SPAN}:0:0`, { traceId: SPAN, spanId: SPAN, parentId: '', flags: 0 }],
  ['one digit', '1:2:3:1', { traceId: '1', spanId: '2', parentId: '3', flags: 1 }],
  ['leading zeros', '0001:0002:0003:01', { traceId: '0001', spanId: '0002', parentId: '0003', flags: 1 }],
  ['upper case', 'ABC:DEF:0:1', { traceId: 'abc', spanId: 'def', parentId: '', flags: 1 }],
  ['an empty parent', '1:2::1', { traceId: '1', spanId: '2', parentId: '', flags: 1 }],
  ["Python's percent-encoding", '1%3A2%3a0%3A1', { traceId: '1', spanId: '2', parentId: '', flags: 1 }],
  ['unknown flags', '1:2:0:f9', { traceId: '1', spanId: '2', parentId: '', flags: 9 }],
]

for (const [name, header, expected] of valid) {
  test(`uber-trace-id: ${name} is read`, () => {
    const context = readJaeger({ 'uber-trace-id': header }, false)

    assert.deepEqual(context, { ...expected, baggage: NO_BAGGAGE, tracestate: '', debugId: '' })
  })
}

const invalid: unknown[] = [
  ...['', ':', '1:1', '1:1:0', '1:1:0:1:1', '1:1:0:', ':1:0:1', '1::0:1', ' 1:1:0:1', '1:1:0:1 ', '1:1:0:1\n'],
  ...['1:1:0:ffffffffff', '1:1:0:80000000', '1:1:0:1e400', '1:1:0:100', '1:1:0:-1', '1:1:0:0x1', '1:1:0:+1'],
  ...['1xyz:1:0:1', '-1:1:0:1', '1.5:1:0:1', '0x12:1:0:1', `${'f'.repeat(4_000)}:1:0:1`, `1${TRACE}:1:0:1`],
  ...['0:1:0:1', '00000000000000000:1:0:1', '1:0:0:1', '1:0000:0:1', `1:1${SPAN}:0:1`, `1:1:1${SPAN}:1`],
  ...['%ZZ', '%', '1%3A1%3A0%3', '１:1:0:1', '1:1:0:1, 1:1:0:1', 'f'.repeat(16_384), '1:1:0:1\u0000'],
  ...[undefined, null, 1, true, ['1:1:0:1'], { toString: () => '1:1:0:1' }, Symbol('s'), () => '1:1:0:1'],
]

test('uber-trace-id in any other form is none, and its baggage counts all the same', () => {
  for (const header of invalid) {
    const context = readJaeger({ 'uber-trace-id': header, 'uberctx-user': 'ann' }, true)

    assert.deepEqual({ ...context?.baggage }, { user: 'ann' }, String(header))
    assert.equal(context?.traceId, '', String(header))
    assert.equal(context?.spanId, '')
    assert.equal(readJaeger({ 'uber-trace-id': header }, true), undefined)
  }
})

test('a carrier may spell its keys in any case', () => {
  const context = readJaeger({ 'Uber-Trace-ID': '1:2:0:1', 'UBERCTX-Tenant': 'acme', 'Jaeger-Baggage': 'A=b' }, false)

  assert.equal(context?.traceId, '1')
  assert.deepEqual({ ...context?.baggage }, { tenant: 'acme', a: 'b' })
})

test('nobody can force a trace unless that is allowed', () => {
  const headers = { 'uber-trace-id': '1:2:0:3', 'jaeger-debug-id': 'find-me' }

  assert.equal(readJaeger(headers, false)?.flags, 1)
  assert.equal(readJaeger(headers, false)?.debugId, '')
  assert.equal(readJaeger({ 'jaeger-debug-id': 'find-me' }, false), undefined)
  assert.equal(readJaeger(headers, true)?.flags, 3)
  assert.equal(readJaeger(headers, true)?.debugId, 'find-me')
  assert.equal(readJaeger({ 'jaeger-debug-id': 'find-me' }, true)?.debugId, 'find-me')
})

test('a debug id is printable, and has at most 128 characters', () => {
  for (const bad of ['', 'x'.repeat(129), 'a\nb', 'ü', '\u0000']) {
    assert.equal(readJaeger({ 'jaeger-debug-id': bad }, true), undefined)
  }
  assert.equal(readJaeger({ 'jaeger-debug-id': 'x'.repeat(128) }, true)?.debugId.length, 128)
})

test('baggage comes from headers of its own and from one list', () => {
  const context = readJaeger(
    { 'uberctx-a': '1%202', 'uberctx-b': 'plain', 'jaeger-baggage': 'c=3, d = 4 ,e=x=y,f,=g,h=' },
    false,
  )

  assert.deepEqual({ ...context?.baggage }, { a: '1 2', b: 'plain', c: '3', d: '4', e: 'x=y', h: '' })
})

test('an entry of baggage that is malformed is left out alone', () => {
  const context = readJaeger(
    { 'uberctx-a': '%ZZ', 'uberctx-b c': '1', 'uberctx-': '1', 'uberctx-d': ['1'], 'uberctx-e': '%E2%82%AC' },
    false,
  )

  assert.deepEqual({ ...context?.baggage }, { e: '€' })
})

test('baggage is read up to 64 entries and 8,192 bytes', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`uberctx-k${index}`, 'v']))
  const large = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`uberctx-k${index}`, 'v'.repeat(1_000)]))
  const list = { 'jaeger-baggage': Array.from({ length: 100 }, (_, index) => `k${index}=v`).join() }
  const longList = { 'jaeger-baggage': `a=b,c=${'d'.repeat(9_000)}` }

  const sizes = [many, large, list, longList].map((headers) => Object.keys(readJaeger(headers, false)?.baggage ?? {}))

  assert.deepEqual(
    sizes.map((keys) => keys.length),
    [64, 8, 64, 1],
  )
})

test('no key of baggage reaches into the language', () => {
  const headers = JSON.parse('{"uberctx-__proto__":"1","uberctx-constructor":"2","jaeger-baggage":"toString=3"}')

  const context = readJaeger(headers, false)

  assert.deepEqual(Object.entries(context?.baggage ?? {}), [
    ['__proto__', '1'],
    ['constructor', '2'],
    ['tostring', '3'],
  ])
  assert.equal(Object.getPrototypeOf(context?.baggage), null)
})

test('a header of 16 KiB costs microseconds', () => {
  const attacks = [
    'f'.repeat(16_384),
    '%3A'.repeat(5_461),
    ':'.repeat(16_384),
    'a=b,'.repeat(4_096),
    '%'.repeat(16_384),
  ]
  for (const attack of attacks) {
    const headers = {
      'uber-trace-id': attack,
      'jaeger-baggage': attack,
      'uberctx-a': attack,
      'jaeger-debug-id': attack,
    }
    const started = performance.now()

    for (let count = 0; count < 100; count++) readJaeger(headers, true)

    assert.ok(performance.now() - started < 100, `${(performance.now() - started) * 10} µs`)
  }
})

test('no carrier makes reading or writing throw', () => {
  const throwing = () => assert.fail()
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  const context = { traceId: '1', spanId: '2', parentId: '', flags: 1, baggage: { a: 'b' } }
  const carriers: unknown[] = [
    ...[null, undefined, 1, 'text', Symbol('s'), [], new Map(), Object.freeze({}), Object.create(null), revoked.proxy],
    new Proxy({}, { get: throwing, set: throwing, ownKeys: throwing, has: throwing }),
    Object.defineProperty({}, 'uber-trace-id', { enumerable: true, get: throwing, set: throwing }),
  ]
  for (const carrier of carriers) {
    assert.equal(readJaeger(carrier, true), undefined)
    writeJaeger(context, carrier)
  }
})

test('what is written is what Node accepts as headers, and reads the same', async () => {
  const baggage: Record<string, string> = { tenant: 'a b€', 'x y': '1', 'a\nb': '1', '': '1', half: '\ud800' }
  Reflect.set(baggage, 'number', 5)
  Reflect.set(baggage, 'thrower', { toString: () => assert.fail() })
  const context = { traceId: TRACE, spanId: SPAN, parentId: '', flags: 0xff1, baggage: { ...baggage, 'a:b': '1' } }
  const headers: Record<string, string> = {}

  writeJaeger(context, headers)

  assert.deepEqual(headers, {
    'uber-trace-id': `${TRACE}:${SPAN}:0:1`,
    'uberctx-tenant': 'a%20b%E2%82%AC',
    'uberctx-number': '5',
  })
  for (const [name, value] of Object.entries(headers)) {
    http.validateHeaderName(name)
    http.validateHeaderValue(name, value)
  }
  const read = readJaeger(headers, false)
  assert.deepEqual({ ...read?.baggage }, { tenant: 'a b€', number: '5' })
  assert.deepEqual(
    { ...read, baggage: {} },
    { traceId: TRACE, spanId: SPAN, parentId: '', flags: 1, baggage: {}, tracestate: '', debugId: '' },
  )
})

test('without ids only baggage is written', () => {
  const headers = {}

  writeJaeger({ traceId: '', spanId: '', parentId: '', flags: 0, baggage: { a: 'b' } }, headers)

  assert.deepEqual(headers, { 'uberctx-a': 'b' })
})
