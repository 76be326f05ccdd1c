import assert from 'node:assert/strict'
import test from 'node:test'
import { REFERENCE_FOLLOWS_FROM, Reference, type SpanOptions, type Tracer } from 'opentracing'
import { createTracer, type JaegerSpan } from '../../../../src/agent/tracers/jaeger/index.js'
import { collectorMessage } from '../../../../src/agent/tracers/jaeger/message.js'
import { encodeProcess, encodeSpan } from '../../../../src/agent/tracers/jaeger/span.js'
import { type DecodedSpan, decodeBody, type TagValue } from './decoders.js'
import { tagsOf } from './receivers.js'

const LONGEST = 60_000
const SAMPLER_TAGS = 2

test('the bytes of a span are these and no others', () => {
  const bytes = encodeSpan(
    {
      operationName: 'GET /ü',
      _startTime: 1_700_000_000_000.123,
      _duration: 1.5,
      _tags: [
        { key: 'text', value: 'é' },
        { key: 'number', value: 200 },
        { key: 'yes', value: true },
        { key: 'bytes', value: Buffer.from('00ff', 'hex') },
      ],
      _logs: [{ timestamp: 1_700_000_000_001, fields: [{ key: 'event', value: 'error' }] }],
      _references: [],
      context: () => ({
        traceId: Buffer.from('0123456789abcdeffedcba9876543210', 'hex'),
        spanId: Buffer.from('1122334455667788', 'hex'),
        parentId: Buffer.from('8877665544332211', 'hex'),
        traceIdStr: null,
        spanIdStr: null,
        parentIdStr: null,
        flags: 1,
        baggage: {},
        toTraceId: () => '',
        _samplingState: {},
        toSpanId: () => '',
      }),
    },
    LONGEST,
  )

  assert.deepEqual(
    bytes.toString('hex'),
    [
      '0a0001fedcba98765432100a00020123456789abcdef0a000311223344556677880a00048877665544332211',
      '0b000500000007474554202fc3bc080007000000010a000800060a24181e407b0a000900000000000005dc',
      '0f000a0c00000004',
      '0b00010000000474657874080002000000000b000300000002c3a900',
      '0b0001000000066e756d6265720800020000000104000440690000000000' + '0000',
      '0b00010000000379657308000200000002020005' + '0100',
      '0b000100000005627974657308000200000004' + '0b00070000000200ff00',
      '0f000b0c00000001' + '0a000100060a24181e43e8',
      '0f00020c00000001' + '0b0001000000056576656e74080002000000000b0003000000056572726f7200' + '0000',
    ].join(''),
  )
})

test('a span arrives with its ids, times, flags, tags and logs', () => {
  const span = encoded((tracer) => {
    const parent = tracer.startSpan('parent')
    const child = tracer.startSpan('GET /users/:id', {
      childOf: parent,
      startTime: 1_700_000_000_000.25,
      tags: { 'span.kind': 'server', 'http.status_code': 200, error: true },
    })
    child.log({ event: 'error', message: 'no' }, 1_700_000_000_000.5)
    child.finish(1_700_000_000_001.751)
    return child
  })

  assert.equal(span.operationName, 'GET /users/:id')
  assert.equal(span.startTime, 1_700_000_000_000_250)
  assert.equal(span.duration, 1_501)
  assert.equal(span.flags, 1)
  assert.equal(span.traceIdHigh, '0000000000000000')
  assert.equal(span.parentSpanId, span.traceIdLow)
  assert.notEqual(span.spanId, span.parentSpanId)
  assert.deepEqual(span.tags, [
    ['span.kind', 'server'],
    ['http.status_code', 200],
    ['error', true],
  ])
  assert.deepEqual(span.logs, [
    {
      timestamp: 1_700_000_000_000_500,
      fields: [
        ['event', 'error'],
        ['message', 'no'],
      ],
    },
  ])
})

test('ids that came as hex keep their 128 bits', () => {
  const span = encoded((tracer) => {
    const parent = tracer.extract('http_headers', {
      'uber-trace-id': '5af7651916cd43dd8448eb211c80319c:b7ad6b716920333:0:1',
    })
    return tracer.startSpan('child', parent === null ? {} : { childOf: parent })
  })

  assert.equal(span.traceIdHigh, '5af7651916cd43dd')
  assert.equal(span.traceIdLow, '8448eb211c80319c')
  assert.equal(span.parentSpanId, '0b7ad6b716920333')
})

test('references arrive with their kind, and those to other tracers are left out', () => {
  let other = ''
  const span = encoded((tracer) => {
    const cause = tracer.startSpan('cause')
    other = cause.context().toSpanId().padStart(16, '0')
    const foreign = { ...cause.context(), toTraceId: () => '', toSpanId: () => '' }
    return tracer.startSpan('effect', {
      references: [
        new Reference(REFERENCE_FOLLOWS_FROM, cause.context()),
        new Reference(REFERENCE_FOLLOWS_FROM, foreign),
      ],
    })
  })

  assert.deepEqual(span.references, [{ refType: 1, traceIdLow: other, traceIdHigh: '0000000000000000', spanId: other }])
})

const revoked = Proxy.revocable({}, {})
revoked.revoke()
const circle: { itself?: unknown } = {}
circle.itself = circle

const values: [string, unknown, TagValue][] = [
  ['a whole number', 42, 42],
  ['not a number', Number.NaN, Number.NaN],
  ['infinity', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ['bytes', Buffer.from([0, 255]), Buffer.from([0, 255])],
  ['a bigint', 2n ** 70n, '1180591620717411303424'],
  ['undefined', undefined, 'undefined'],
  ['null', null, 'null'],
  ['empty text', '', ''],
  ['a function', () => 1, '[function]'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
  ['an error', new TypeError('no'), 'TypeError: no'],
  ['an object', { a: [1, 'b'] }, '{"a":[1,"b"]}'],
  ['an object with a bigint', { a: 1n }, '{"a":"1"}'],
  ['a throwing toJSON', { toJSON: () => assert.fail(), a: 1 }, '{"a":1}'],
  ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
  ['half a surrogate pair in a long text', `${'a'.repeat(100)}\udc00`, `${'a'.repeat(100)}\ufffd`],
  ['all of Unicode', 'ü€😀'.repeat(20), 'ü€😀'.repeat(20)],
]

for (const [name, value, expected] of values) {
  test(`a tag can be ${name}`, () => {
    const { tags } = encoded((tracer) => tracer.startSpan('x', { tags: { it: value } }))

    assert.deepEqual(tags, [['it', expected]])
  })
}

const strange: [string, unknown][] = [
  ['a circle', circle],
  ['a proxy', new Proxy({}, { ownKeys: () => assert.fail(), get: () => assert.fail() })],
  ['a revoked proxy', revoked.proxy],
  ['an object whose getters throw', Object.defineProperty({}, 'a', { enumerable: true, get: () => assert.fail() })],
  ['a symbol in an array', [Symbol('s')]],
  ['an error with a throwing message', Object.defineProperty(new Error('x'), 'message', { get: () => assert.fail() })],
]

for (const [name, value] of strange) {
  test(`${name} as a value or a key costs neither the span nor its other tags`, () => {
    const span = encoded((tracer) => {
      const started = tracer.startSpan('x', { tags: { it: value, after: 1 } })
      Reflect.apply(started.setTag, started, [value, 'as a key'])
      return started.log({ it: value })
    })

    const { it, after } = tagsOf(span)
    assert.equal(typeof it, 'string')
    assert.equal(after, 1)
    assert.equal(span.logs.length, 1)
  })
}

test('the name of a span can be anything', () => {
  for (const name of [undefined, 42, Symbol('s'), circle, revoked.proxy]) {
    assert.equal(typeof encoded((tracer) => Reflect.apply(tracer.startSpan, tracer, [name])).operationName, 'string')
  }
})

test('a tag that is set again has its last value, once', () => {
  const { tags } = encoded((tracer) => tracer.startSpan('x', { tags: { a: 1, b: 2 } }).setTag('a', 3))
  const many = encoded((tracer) => {
    const span = tracer.startSpan('x')
    for (let count = 0; count < 10_000; count++) span.setTag('again', count)
    return span
  })

  assert.deepEqual(Object.fromEntries(tags), { a: 3, b: 2 })
  assert.equal(tags.length, 2)
  assert.deepEqual(many.tags, [['again', 9_999]])
})

test('text is cut at 1,024 characters, an error told in 8,192, and no character is cut in two', () => {
  const long = 'x'.repeat(10_000)
  const { operationName, tags, logs } = encoded((tracer) =>
    tracer
      .startSpan(long, { tags: { long, [long]: 1, pair: `${'x'.repeat(1_023)}😀`, bytes: Buffer.alloc(5_000) } })
      .log({ stack: long, message: long, event: long }),
  )

  assert.equal(operationName.length, 1_024)
  assert.deepEqual(
    tags.map(([key, value]) => [key.length, typeof value === 'number' ? value : Object(value).length]),
    [
      [4, 1_024],
      [1_024, 1],
      [4, 1_023],
      [5, 1_024],
    ],
  )
  assert.deepEqual(
    logs[0]?.fields.map(([key, value]) => [key, String(value).length]),
    [
      ['stack', 8_192],
      ['message', 8_192],
      ['event', 1_024],
    ],
  )
})

test('of too many tags and logs the first and the last are kept, and the span says so', () => {
  const { tags, logs } = encoded((tracer) => {
    const span = tracer.startSpan('x')
    for (let count = 0; count < 200; count++) span.setTag(`tag ${count}`, count).log({ count })
    return span
  })

  assert.equal(SAMPLER_TAGS + tags.length, 65)
  assert.deepEqual(tags[0], ['tag 0', 0])
  assert.deepEqual(tags.at(-2), ['tag 199', 199])
  assert.deepEqual(tags.at(-1), ['truncated', true])
  assert.equal(logs.length, 64)
  assert.deepEqual(logs[63]?.fields, [['count', 199]])
})

test('a span always fits a packet: what does not is left out, and the span says so', () => {
  const huge = (tracer: Tracer) => {
    const span = tracer.startSpan('€'.repeat(2_000))
    for (let count = 0; count < 64; count++) span.setTag(`tag ${count}`, '€'.repeat(2_000))
    for (let count = 0; count < 64; count++) span.log({ stack: '€'.repeat(10_000) })
    return span
  }

  for (const longest of [6_200, 9_000, LONGEST]) {
    const span = encoded(huge, {}, longest)

    assert.deepEqual(span.tags.at(-1), ['truncated', true])
    assert.equal(span.operationName.length, 1_024)
  }
})

test('times that are none become 0', () => {
  const times = [Number.NaN, Number.POSITIVE_INFINITY, -1, 2 ** 60]
  for (const time of times) {
    const span = encoded((tracer) => tracer.startSpan('x', { startTime: 1_000 }), { _duration: time })

    assert.equal(span.duration, 0)
    assert.equal(span.startTime, 1_000_000)
  }
})

test('flags beyond 32 bits cost no span', () => {
  const context = Object.assign(Object.create(spanOf((tracer) => tracer.startSpan('x')).context()))
  Object.defineProperty(context, 'flags', { value: 0xff_ffff_ffff })

  assert.equal(encoded((tracer) => tracer.startSpan('x'), { context: () => context }).flags, -1)
})

test('a span that finishes while another is being read is refused, and the other is whole', () => {
  const inner = spanOf((tracer) => tracer.startSpan('inner'))
  let refused = ''
  const trap = new Proxy(
    {},
    {
      ownKeys() {
        try {
          encodeSpan(inner, LONGEST)
        } catch (error) {
          refused = String(error)
        }
        return []
      },
    },
  )

  const span = encoded((tracer) => tracer.startSpan('outer', { tags: { trap, after: 1 } }))

  assert.match(refused, /while another/)
  assert.equal(span.operationName, 'outer')
  assert.deepEqual(span.tags[1], ['after', 1])
})

/** The span as both decoders see it, without the tags of the sampler. */
function encoded(make: (tracer: Tracer) => ReturnType<Tracer['startSpan']>, changes = {}, longest = LONGEST) {
  const span = Object.assign(Object.create(spanOf(make)), changes)
  const bytes = encodeSpan(span, longest)
  assert.ok(bytes.length <= longest)
  const decoded = decodeBody(collectorMessage(encodeProcess('shop', [], LONGEST), [bytes])).spans[0]
  assert.ok(decoded)
  const isRoot = decoded.tags[0]?.[0] === 'sampler.type'
  return { ...decoded, tags: isRoot ? decoded.tags.slice(SAMPLER_TAGS) : decoded.tags } satisfies DecodedSpan
}

/** A finished span of jaeger-client. */
function spanOf(make: (tracer: Tracer, options?: SpanOptions) => ReturnType<Tracer['startSpan']>): JaegerSpan {
  const reported: JaegerSpan[] = []
  const reporter = { setProcess() {}, report: (span: JaegerSpan) => reported.push(span), close() {} }
  const span = make(createTracer({ serviceName: 'shop', debugId: false, propagation: ['jaeger'] }, {}, reporter))
  if (reported.at(-1) === undefined) span.finish()
  const [last] = reported.slice(-1)
  assert.ok(last)
  return last
}
