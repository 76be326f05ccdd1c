import assert from 'node:assert/strict'
import test from 'node:test'
import { combine, type FormatName, type TraceContext } from '../../../src/agent/propagation/index.js'

const NAMES: readonly FormatName[] = ['jaeger', 'w3c', 'b3', 'b3-single']

const ONE = '11111111111111111111111111111111'
const TWO = '22222222222222222222222222222222'
const THREE = '33333333333333333333333333333333'
const FOUR = '44444444444444444444444444444444'
const SPAN = 'b7ad6b7169203331'

/** A trace of its own in each format. */
const all = {
  'uber-trace-id': `${ONE}:${SPAN}:0:1`,
  traceparent: `00-${TWO}-${SPAN}-01`,
  'x-b3-traceid': THREE,
  'x-b3-spanid': SPAN,
  'x-b3-sampled': '1',
  b3: `${FOUR}-${SPAN}-1`,
}

const orders: [FormatName[], string][] = [
  [['jaeger'], ONE],
  [['jaeger', 'w3c'], ONE],
  [['w3c', 'jaeger'], TWO],
  [['b3', 'w3c', 'jaeger', 'b3-single'], THREE],
  [['b3-single', 'b3'], FOUR],
]

for (const [names, expected] of orders) {
  test(`${names}: the first that came is read`, () => {
    assert.equal(combine(names).read(all, false)?.traceId, expected)
  })
}

test('a format that is malformed, or not on, leaves the word to the next', () => {
  const malformed = { ...all, 'uber-trace-id': 'x', traceparent: 'x', 'x-b3-spanid': 'x' }

  assert.equal(combine(NAMES).read(malformed, false)?.traceId, FOUR)
  assert.equal(combine(['b3-single', 'jaeger']).read({ ...all, b3: 'x' }, false)?.traceId, ONE)
  assert.equal(combine(['b3']).read({ traceparent: all.traceparent, b3: all.b3 }, false), undefined)
})

test('a decision without ids does not hide a trace, and a debug id does not either', () => {
  const format = combine(['b3-single', 'jaeger', 'w3c'])
  const headers = { b3: '0', 'jaeger-debug-id': 'find-me', 'uberctx-a': '1', traceparent: all.traceparent }

  const read = format.read(headers, true)

  assert.deepEqual([read?.traceId, read?.flags, { ...read?.baggage }], [TWO, 1, { a: '1' }])
  assert.equal(format.read({ b3: '0', 'uberctx-a': '1' }, false)?.flags, 0)
  assert.equal(combine(['jaeger', 'b3']).read({ 'uberctx-a': '1', 'x-b3-sampled': '0' }, false)?.flags, 0)
})

test('baggage is that of the first format that brings any', () => {
  const b3 = { b3: all.b3, baggage: 'a=w3c' }
  const both = { ...b3, 'uberctx-a': 'jaeger', 'uberctx-b': 'jaeger' }

  const kept = [
    combine(['b3-single', 'w3c']).read(b3, false),
    combine(['b3-single']).read(b3, false),
    combine(['w3c', 'jaeger']).read(both, false),
    combine(['jaeger', 'w3c', 'b3-single']).read(both, false),
  ].map((read) => ({ ...read?.baggage }))

  assert.deepEqual(kept, [{ a: 'w3c' }, {}, { a: 'w3c' }, { a: 'jaeger', b: 'jaeger' }])
})

test('tracestate comes with a traceparent of the same trace, whichever format is read first', () => {
  const read = (uber: string, trace: string) =>
    combine(['jaeger', 'w3c']).read(
      { 'uber-trace-id': uber, traceparent: `00-${trace}-${SPAN}-01`, tracestate: 'a=1' },
      false,
    )?.tracestate

  assert.equal(read(`${ONE}:${SPAN}:0:1`, ONE), 'a=1')
  assert.equal(read(`abc:${SPAN}:0:1`, '00000000000000000000000000000abc'), 'a=1')
  assert.equal(read(`${ONE}:${SPAN}:0:1`, TWO), '')
})

test('all formats are written, and each reads the same trace', () => {
  const widths = ['abc', '0000000000000abc', ONE]
  for (const traceId of widths) {
    const headers = {}
    const context = { traceId, spanId: SPAN, parentId: '', flags: 1, baggage: { a: 'b c' }, tracestate: 'x=y' }

    combine(NAMES).write(context, headers)

    const wide = traceId.padStart(32, '0')
    const own = traceId.length > 16 ? wide : wide.slice(16)
    assert.deepEqual(headers, {
      'uber-trace-id': `${traceId}:${SPAN}:0:1`,
      'uberctx-a': 'b%20c',
      traceparent: `00-${wide}-${SPAN}-01`,
      tracestate: 'x=y',
      baggage: 'a=b%20c',
      'x-b3-traceid': own,
      'x-b3-spanid': SPAN,
      'x-b3-sampled': '1',
      b3: `${own}-${SPAN}-1`,
    })
    const read = NAMES.map((name) => combine([name]).read(headers, false)?.traceId)
    assert.deepEqual(read, [traceId, own, own, own])
  }
})

for (const name of NAMES) {
  test(`${name}: what was written reads the same`, () => {
    const format = combine([name])
    for (const traceId of [SPAN, ONE]) {
      for (const flags of [0, 1]) {
        const headers = {}
        const context = { traceId, spanId: SPAN, parentId: '', flags, baggage: {}, tracestate: '' }

        format.write(context, headers)

        assert.deepEqual({ ...format.read(headers, true), baggage: {} }, { ...context, debugId: '' })
      }
    }
  })
}

test('no carrier makes any format throw', () => {
  const context = { traceId: '1', spanId: '2', parentId: '3', flags: 1, baggage: { a: 'b' }, tracestate: 'a=1' }
  for (const names of [...NAMES.map((name) => [name]), NAMES]) {
    const format = combine(names)
    for (const carrier of hostileCarriers()) {
      assert.equal(format.read(carrier, true), undefined)
      format.write(context, carrier)
    }
  }
})

test('what came is not what goes out: every header is written anew', () => {
  const format = combine(NAMES)
  const headers = {
    ...all,
    'uber-trace-id': `${ONE.toUpperCase()}%3A${SPAN.toUpperCase()}%3a0%3A01`,
    tracestate: ' a=1 ,, b=2',
    baggage: 'k = v;p=1, bad key=1',
  }
  const read = format.read(headers, false)
  const written: Record<string, string> = {}

  format.write(read ?? assert.fail(), written)

  assert.equal(written['uber-trace-id'], `${ONE}:${SPAN}:0:1`)
  assert.equal(written.traceparent, `00-${ONE}-${SPAN}-01`)
  assert.equal(written.baggage, 'k=v')
  assert.deepEqual(Object.keys(written).sort(), [...Object.keys(all), 'baggage', 'uberctx-k'].sort())
})

test('a debug trace stays one in the formats that can say so', () => {
  const debug: TraceContext['flags'][] = NAMES.map((name) => {
    const headers = {}
    combine([name]).write({ traceId: ONE, spanId: SPAN, parentId: '1', flags: 3, baggage: {}, tracestate: '' }, headers)
    return combine([name]).read(headers, true)?.flags
  })

  assert.deepEqual(debug, [3, 1, 3, 3])
})

function hostileCarriers(): unknown[] {
  const throwing = () => assert.fail()
  const revoked = Proxy.revocable({}, {})
  revoked.revoke()
  const names = Object.keys({ ...all, tracestate: '', baggage: '', 'x-b3-flags': '', 'uberctx-a': '' })
  const getters = Object.fromEntries(names.map((name) => [name, { enumerable: true, get: throwing, set: throwing }]))
  return [
    ...[null, undefined, 1, 'text', Symbol('s'), [], new Map(), Object.freeze({}), Object.create(null), revoked.proxy],
    new Proxy({}, { get: throwing, set: throwing, ownKeys: throwing, has: throwing, defineProperty: throwing }),
    Object.defineProperties({}, getters),
    Object.fromEntries(names.map((name) => [name, { toString: throwing, valueOf: throwing }])),
  ]
}
