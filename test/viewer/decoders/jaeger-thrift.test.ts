import assert from 'node:assert/strict'
import test from 'node:test'
import { decodeBatch, decodePacket } from '../../../src/viewer/decoders/jaeger-thrift.js'
import { batch, type ProtocolName, packet, type SentProcess, type SentSpan } from '../thrift-messages.js'

const process: SentProcess = {
  serviceName: 'shop',
  tags: [
    ['hostname', 'here'],
    ['ip', '127.0.0.1'],
  ],
}
const full: SentSpan = {
  traceIdHigh: 0x0102030405060708n,
  traceIdLow: 0x090a0b0c0d0e0f10n,
  spanId: 0xffeeddccbbaa9988n,
  parentSpanId: 0x11n,
  operationName: 'GET /users/:id – ünïcode 🚀',
  references: [
    { refType: 1, traceIdLow: 0x99n, spanId: 0x98n },
    { refType: 0, traceIdHigh: 0x0102030405060708n, traceIdLow: 0x090a0b0c0d0e0f10n, spanId: 0x11n },
  ],
  flags: 3,
  startTime: 1_700_000_000_123_456,
  duration: 7_890,
  tags: [
    ['text', 'ü'],
    ['number', -1.5],
    ['nan', Number.NaN],
    ['yes', true],
    ['no', false],
    ['small', -42n],
    ['large', 2n ** 63n - 1n],
    ['bytes', Buffer.from([0, 255, 128])],
    ['peer.ipv4', 0x7f000001n],
  ],
  logs: [
    {
      timestamp: 1_700_000_000_123_500,
      fields: [
        ['message', 'm'],
        ['stack', 's'],
        ['event', 'error'],
        ['a', 1n],
      ],
    },
    { timestamp: 1_700_000_000_123_501, fields: [] },
  ],
}

for (const protocol of ['binary', 'compact'] satisfies ProtocolName[]) {
  test(`a packet in the ${protocol} protocol becomes the span that Jaeger shows`, () => {
    const [span, ...others] = decodePacket(packet(process, [full], protocol)) ?? []

    const trace = '0102030405060708090a0b0c0d0e0f10'
    assert.deepEqual(others, [])
    assert.deepEqual(span, {
      traceID: trace,
      spanID: 'ffeeddccbbaa9988',
      flags: 3,
      operationName: 'GET /users/:id – ünïcode 🚀',
      references: [
        { refType: 'CHILD_OF', traceID: trace, spanID: '0000000000000011' },
        { refType: 'FOLLOWS_FROM', traceID: '0000000000000099', spanID: '0000000000000098' },
      ],
      startTime: 1_700_000_000_123_456,
      duration: 7_890,
      tags: [
        { key: 'text', type: 'string', value: 'ü' },
        { key: 'number', type: 'float64', value: -1.5 },
        { key: 'nan', type: 'float64', value: 'NaN' },
        { key: 'yes', type: 'bool', value: true },
        { key: 'no', type: 'bool', value: false },
        { key: 'small', type: 'int64', value: -42 },
        { key: 'large', type: 'int64', value: '9223372036854775807' },
        { key: 'bytes', type: 'binary', value: 'AP+A' },
        { key: 'peer.ipv4', type: 'string', value: '127.0.0.1' },
      ],
      logs: [
        {
          timestamp: 1_700_000_000_123_500,
          fields: [
            { key: 'event', type: 'string', value: 'error' },
            { key: 'a', type: 'int64', value: 1 },
            { key: 'message', type: 'string', value: 'm' },
            { key: 'stack', type: 'string', value: 's' },
          ],
        },
        { timestamp: 1_700_000_000_123_501, fields: [] },
      ],
      warnings: [],
      process: {
        serviceName: 'shop',
        tags: [
          { key: 'hostname', type: 'string', value: 'here' },
          { key: 'ip', type: 'string', value: '127.0.0.1' },
        ],
      },
    })
  })

  test(`more spans, tags and logs than a short list has come whole in the ${protocol} protocol`, () => {
    const tags = Array.from({ length: 40 }, (_, index) => [`tag ${index}`, BigInt(index) - 20n] as const)
    const logs = tags.map((tag, timestamp) => ({ timestamp, fields: [tag] }))
    const spans = Array.from({ length: 20 }, (_, index) => ({ traceIdLow: 1n, spanId: BigInt(index + 1), tags, logs }))

    const decoded = decodePacket(packet(process, spans, protocol)) ?? []

    assert.deepEqual(
      decoded.map(({ spanID }) => Number(`0x${spanID}`)),
      spans.map(({ spanId }) => Number(spanId)),
    )
    for (const span of decoded) {
      assert.deepEqual(
        span.tags.map(({ key, value }) => [key, BigInt(value)]),
        tags,
      )
      assert.deepEqual(
        span.logs.map(({ timestamp, fields: [field] }) => [timestamp, field?.key]),
        tags.map(([key], index) => [index, key]),
      )
    }
  })

  test(`a packet in the ${protocol} protocol that ends too early, wherever, is no packet`, () => {
    const whole = packet(process, [full], protocol)
    for (let length = 0; length < whole.length; length++) {
      assert.equal(decodePacket(whole.subarray(0, length)), undefined, `${length} bytes of ${whole.length}`)
    }
  })
}

test('the body for a collector is the batch alone', () => {
  const [span] = decodeBatch(batch(process, [full])) ?? []

  assert.deepEqual(span, decodePacket(packet(process, [full]))?.[0])
})

test('a trace id of 64 bits is 16 digits long, and a root has no references', () => {
  const [span] = decodePacket(packet(process, [{ traceIdLow: 0xabcn, spanId: 1n }])) ?? []

  assert.equal(span?.traceID, '0000000000000abc')
  assert.deepEqual(span?.references, [])
})

test('a service without a name has the one that Jaeger gives it', () => {
  const [span] = decodePacket(packet({ serviceName: '' }, [{ traceIdLow: 1n, spanId: 1n }])) ?? []

  assert.equal(span?.process.serviceName, 'empty-service-name')
})

test('a duration below zero is shown as none, with a warning', () => {
  const [span] = decodePacket(packet(process, [{ traceIdLow: 1n, spanId: 1n, duration: -5 }])) ?? []

  assert.equal(span?.duration, 0)
  assert.deepEqual(span?.warnings, ['negative duration of -5 µs, shown as 0'])
})

test('a call of another function, and a batch without what every span has, are malformed', () => {
  const call = packet(process, [full])
  const other = Buffer.from(call)
  other.write('emitBitch', call.indexOf('emitBatch'))

  assert.equal(decodePacket(other), undefined)
  // Structs that end where they begin: a process, and a list of one span.
  assert.equal(decodeBatch(Buffer.from([12, 0, 1, 0, 15, 0, 2, 12, 0, 0, 0, 1, 0, 0])), undefined)
})

test('structs inside structs without end are malformed, and no overflow', () => {
  const deep = Buffer.concat(Array.from({ length: 20_000 }, () => Buffer.from([12, 0, 9])))

  assert.equal(decodeBatch(deep), undefined)
})

test('a list that claims more elements than there are bytes is malformed, and takes no memory', () => {
  const before = globalThis.process.memoryUsage().rss
  const claim = Buffer.from([12, 0, 1, 0, 15, 0, 2, 12, 0x7f, 0xff, 0xff, 0xff])

  for (let round = 0; round < 1_000; round++) assert.equal(decodeBatch(claim), undefined)

  assert.ok(globalThis.process.memoryUsage().rss - before < 64 * 1_024 * 1_024)
})
