import assert from 'node:assert/strict'
import test from 'node:test'
import { decodeOtlpJson } from '../../../src/viewer/decoders/otlp-json.js'
import { decodeOtlpProtobuf } from '../../../src/viewer/decoders/otlp-protobuf.js'
import { type OtlpRequest, type OtlpValue, otlpProtobuf, otlpRequest, otlpSpan } from '../otlp-messages.js'

const TRACE = '0102030405060708090a0b0c0d0e0f10'

const request: OtlpRequest = {
  resourceSpans: [
    {
      resource: {
        attributes: [
          { key: 'service.name', value: { stringValue: 'shop' } },
          { key: 'process.pid', value: { intValue: 42 } },
          { key: 'host.name', value: { stringValue: 'here' } },
        ],
      },
      scopeSpans: [
        {
          scope: { name: '@opentelemetry/instrumentation-http', version: '0.57.0' },
          spans: [
            otlpSpan({
              parentSpanId: '2122232425262728',
              traceState: 'a=b',
              name: 'GET /users/:id',
              kind: 2,
              startTimeUnixNano: '1700000000123456789',
              endTimeUnixNano: '1700000000125456788',
              attributes: [
                { key: 'text', value: { stringValue: 'ü' } },
                { key: 'yes', value: { boolValue: true } },
                { key: 'integer', value: { intValue: '-7' } },
                { key: 'large', value: { intValue: '9223372036854775807' } },
                { key: 'double', value: { doubleValue: 1.5 } },
                { key: 'bytes', value: { bytesValue: 'AP+A' } },
                {
                  key: 'list',
                  value: { arrayValue: { values: [{ stringValue: 'a' }, { intValue: 1 }, { boolValue: false }] } },
                },
                {
                  key: 'map',
                  value: {
                    kvlistValue: {
                      values: [
                        { key: 'b', value: { doubleValue: 0.5 } },
                        { key: 'a', value: { arrayValue: { values: [] } } },
                      ],
                    },
                  },
                },
                { key: 'nothing', value: {} },
              ],
              events: [
                {
                  timeUnixNano: '1700000000124000999',
                  name: 'exception',
                  attributes: [{ key: 'exception.type', value: { stringValue: 'RangeError' } }],
                },
              ],
              links: [
                { traceId: '000000000000000000000000000000aa', spanId: '00000000000000bb' },
                {
                  traceId: TRACE,
                  spanId: '00000000000000cc',
                  attributes: [{ key: 'opentracing.ref_type', value: { stringValue: 'child_of' } }],
                },
              ],
              status: { code: 2, message: 'no' },
            }),
          ],
        },
      ],
    },
  ],
}

const expected = {
  traceID: TRACE,
  spanID: '1112131415161718',
  flags: 0,
  operationName: 'GET /users/:id',
  references: [
    { refType: 'CHILD_OF', traceID: TRACE, spanID: '2122232425262728' },
    { refType: 'FOLLOWS_FROM', traceID: '00000000000000aa', spanID: '00000000000000bb' },
    { refType: 'CHILD_OF', traceID: TRACE, spanID: '00000000000000cc' },
  ],
  startTime: 1_700_000_000_123_456,
  duration: 1_999,
  tags: [
    { key: 'otel.library.name', type: 'string', value: '@opentelemetry/instrumentation-http' },
    { key: 'otel.library.version', type: 'string', value: '0.57.0' },
    { key: 'text', type: 'string', value: 'ü' },
    { key: 'yes', type: 'bool', value: true },
    { key: 'integer', type: 'int64', value: -7 },
    { key: 'large', type: 'int64', value: '9223372036854775807' },
    { key: 'double', type: 'float64', value: 1.5 },
    { key: 'bytes', type: 'string', value: 'AP+A' },
    { key: 'list', type: 'string', value: '["a",1,false]' },
    { key: 'map', type: 'string', value: '{"a":[],"b":0.5}' },
    { key: 'nothing', type: 'string', value: '' },
    { key: 'span.kind', type: 'string', value: 'server' },
    { key: 'otel.status_code', type: 'string', value: 'ERROR' },
    { key: 'error', type: 'bool', value: true },
    { key: 'otel.status_description', type: 'string', value: 'no' },
    { key: 'w3c.tracestate', type: 'string', value: 'a=b' },
  ],
  logs: [
    {
      timestamp: 1_700_000_000_124_000,
      fields: [
        { key: 'event', type: 'string', value: 'exception' },
        { key: 'exception.type', type: 'string', value: 'RangeError' },
      ],
    },
  ],
  warnings: [],
  process: {
    serviceName: 'shop',
    tags: [
      { key: 'host.name', type: 'string', value: 'here' },
      { key: 'process.pid', type: 'int64', value: 42 },
    ],
  },
}

const encodings = {
  JSON: { encode: (sent: OtlpRequest) => Buffer.from(JSON.stringify(sent)), decode: decodeOtlpJson },
  'Protocol Buffers': { encode: otlpProtobuf, decode: decodeOtlpProtobuf },
}

for (const [name, { encode, decode }] of Object.entries(encodings)) {
  test(`OTLP in ${name}: a span becomes what Jaeger makes of it`, () => {
    assert.deepEqual(decode(encode(request)), [expected])
  })

  test(`OTLP in ${name}: a resource without a name has the one that Jaeger gives it`, () => {
    const scopeSpans = [{ spans: [otlpSpan()] }]
    const attributes = [{ key: 'host.name', value: { stringValue: 'here' } }]

    const nothing = decode(encode({ resourceSpans: [{ scopeSpans }] }))
    const unnamed = decode(encode({ resourceSpans: [{ resource: { attributes }, scopeSpans }] }))

    assert.equal(nothing?.[0]?.process.serviceName, 'OTLPResourceNoServiceName')
    assert.equal(unnamed?.[0]?.process.serviceName, 'empty-service-name')
  })

  test(`OTLP in ${name}: an id of another length is malformed`, () => {
    for (const ids of [{ traceId: '01' }, { spanId: '01' }, { traceId: '' }, { parentSpanId: '0102' }]) {
      assert.equal(decode(encode(otlpRequest('shop', [otlpSpan(ids)]))), undefined, JSON.stringify(ids))
    }
  })

  test(`OTLP in ${name}: values inside values are read to a depth, and are malformed below`, () => {
    const nested = (depth: number) => {
      let value: OtlpValue = { intValue: 1 }
      for (let level = 0; level < depth; level++) value = { arrayValue: { values: [value] } }
      return encode(otlpRequest('shop', [otlpSpan({ attributes: [{ key: 'deep', value }] })]))
    }

    assert.equal(decode(nested(20))?.[0]?.tags[0]?.value, `${'['.repeat(20)}1${']'.repeat(20)}`)
    assert.equal(decode(nested(200)), undefined)
  })
}

test('OTLP in Protocol Buffers that ends too early inside a field is malformed', () => {
  const whole = otlpProtobuf(request)
  // All is inside the one field at the top.
  for (let length = 1; length < whole.length; length++) {
    assert.equal(decodeOtlpProtobuf(whole.subarray(0, length)), undefined, `${length} bytes of ${whole.length}`)
  }
})

test('OTLP in Protocol Buffers: fields that nobody knows are passed over', () => {
  const unknown = Buffer.from([...[0x58, 1], ...[0x61, 1, 2, 3, 4, 5, 6, 7, 8], ...[0x6d, 1, 2, 3, 4], ...[0x72, 1, 9]])

  assert.deepEqual(decodeOtlpProtobuf(Buffer.concat([unknown, otlpProtobuf(request)])), [expected])
})

test('a few bytes that stand for millions of attributes are malformed before they fill the memory', () => {
  const inside = (tag: number, bytes: Buffer) => Buffer.concat([Buffer.from([tag]), varint(bytes.length), bytes])
  const ids = Buffer.concat([inside(0x0a, Buffer.alloc(16, 1)), inside(0x12, Buffer.alloc(8, 2))])
  const protobuf = (count: number) => {
    const attributes = Buffer.alloc(2 * count, Buffer.from([0x4a, 0x00]))
    return inside(0x0a, inside(0x12, inside(0x12, Buffer.concat([ids, attributes]))))
  }
  const json = (count: number) =>
    Buffer.from(`{"resourceSpans":[{"resource":{"attributes":[${'{},'.repeat(count)}{}]}}]}`)

  assert.equal(decodeOtlpProtobuf(protobuf(100_000))?.[0]?.tags.length, 100_000)
  assert.equal(decodeOtlpProtobuf(protobuf(4_000_000)), undefined)
  assert.deepEqual(decodeOtlpJson(json(100_000)), [])
  assert.equal(decodeOtlpJson(json(5_000_000)), undefined)
})

test('JSON that is nothing of OTLP has no spans, or is malformed', () => {
  for (const text of ['{}', '{"resourceSpans":null}', '{"resourceSpans":[1,null,{}]}']) {
    assert.deepEqual(decodeOtlpJson(Buffer.from(text)), [], text)
  }
  for (const text of ['', 'null', '[]', '1', '"x"', '{', '['.repeat(1_000_000)]) {
    assert.equal(decodeOtlpJson(Buffer.from(text)), undefined, text.slice(0, 20))
  }
})

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest & 0x7f) | 0x80)
  return Buffer.from([...bytes, rest])
}
