import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import test from 'node:test'
import { fromJaegerJson } from '../../../src/viewer/decoders/jaeger-json.js'
import { decodeBatch, decodePacket } from '../../../src/viewer/decoders/jaeger-thrift.js'
import { parseJson } from '../../../src/viewer/decoders/json.js'
import { decodeOtlpJson } from '../../../src/viewer/decoders/otlp-json.js'
import { decodeOtlpProtobuf } from '../../../src/viewer/decoders/otlp-protobuf.js'
import type { Span, Tag } from '../../../src/viewer/store/span.js'
import { otlpProtobuf, otlpRequest, otlpSpan } from '../otlp-messages.js'
import { batch, packet, type SentSpan } from '../thrift-messages.js'

/** Set it to the seed that a failure names. */
const SEED = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31))
const CALLS = Number(process.env.FUZZ_CALLS ?? 30_000)
/** Milliseconds, on a machine that does other things too. */
const LONGEST_CALL = 2_000

const span: SentSpan = {
  traceIdHigh: 1n,
  traceIdLow: 2n,
  spanId: 3n,
  parentSpanId: 4n,
  references: [{ refType: 1, traceIdLow: 5n, spanId: 6n }],
  tags: [
    ['s', 'text'],
    ['d', 1.5],
    ['b', true],
    ['l', -7n],
    ['x', Buffer.from([1, 2])],
  ],
  logs: [{ timestamp: 1, fields: [['event', 'error']] }],
}
const shop = { serviceName: 'shop', tags: [['ip', '127.0.0.1']] as const }
const otlp = otlpRequest('shop', [
  otlpSpan({
    parentSpanId: '2122232425262728',
    kind: 3,
    attributes: [
      { key: 'list', value: { arrayValue: { values: [{ intValue: 1 }, { doubleValue: 2 }] } } },
      { key: 'map', value: { kvlistValue: { values: [{ key: 'a', value: { boolValue: true } }] } } },
      { key: 'bytes', value: { bytesValue: 'AQID' } },
    ],
    events: [{ timeUnixNano: '1', name: 'e' }],
    links: [{ traceId: '000000000000000000000000000000aa', spanId: '00000000000000bb' }],
    status: { code: 2, message: 'm' },
  }),
])
const jaeger = {
  data: [
    {
      traceID: 'a',
      spans: [
        {
          traceID: 'a',
          spanID: 'b',
          operationName: 'GET',
          references: [{ refType: 'CHILD_OF', traceID: 'a', spanID: 'c' }],
          startTime: 1,
          duration: 2,
          tags: [{ key: 'k', type: 'int64', value: 1 }],
          logs: [{ timestamp: 1, fields: [{ key: 'event', type: 'string', value: 'error' }] }],
          processID: 'p1',
          warnings: null,
        },
      ],
      processes: { p1: { serviceName: 'shop', tags: [] } },
    },
  ],
}
const text = (json: unknown) => Buffer.from(JSON.stringify(json))

const decoders: Readonly<
  Record<string, [valid: Buffer, decode: (bytes: Buffer) => Span[] | undefined, mutate: Mutation]>
> = {
  'binary Thrift in a packet': [packet(shop, [span, span]), decodePacket, mutateBytes],
  'compact Thrift in a packet': [packet(shop, [span, span], 'compact'), decodePacket, mutateBytes],
  'binary Thrift in a body': [batch(shop, [span, span]), decodeBatch, mutateBytes],
  'OTLP in Protocol Buffers': [otlpProtobuf(otlp), decodeOtlpProtobuf, mutateBytes],
  'OTLP in JSON': [text(otlp), decodeOtlpJson, mutateJson],
  "Jaeger's JSON": [text(jaeger), (bytes) => fromJaegerJson(parseJson(bytes.toString())), mutateJson],
}

for (const [name, [valid, decode, mutate]] of Object.entries(decoders)) {
  test(`whatever is sent as ${name} becomes spans as they should be, or none, and soon`, (t) => {
    t.diagnostic(`FUZZ_SEED=${SEED}`)
    const random = randomFrom(SEED)
    let [read, refused] = [0, 0]
    assert.ok(decode(valid)?.length)
    for (let call = 0; call < CALLS; call++) {
      const input = mutate(valid, random)
      const started = performance.now()
      const spans = decode(input)
      const took = performance.now() - started
      if (took > LONGEST_CALL) assert.fail(`${took} ms for ${input.toString('base64')}`)
      if (spans === undefined) refused++
      else read++
      const odd = spans?.find((each) => !isSpan(each))
      if (odd !== undefined) assert.fail(`${JSON.stringify(odd)} of ${input.toString('base64')}`)
    }
    // Neither nonsense alone, nor what is left as it was.
    assert.ok(read > CALLS / 100 && refused > CALLS / 100, `${read} were read, ${refused} were not`)
  })
}

function isSpan(value: Span): boolean {
  const { traceID, spanID, flags, operationName, references, startTime, duration, tags, logs } = value
  const isTime = (time: number) => Number.isSafeInteger(time) && time >= 0
  return (
    /^([\da-f]{16}){1,2}$/.test(traceID) &&
    /^[\da-f]{16}$/.test(spanID) &&
    [flags, startTime, duration].every(isTime) &&
    typeof operationName === 'string' &&
    references.every((each) => /^([\da-f]{16}){1,2}$/.test(each.traceID) && /^[\da-f]{16}$/.test(each.spanID)) &&
    [...tags, ...value.process.tags].every(isTag) &&
    logs.every(({ timestamp, fields }) => isTime(timestamp) && fields.every(isTag)) &&
    typeof value.process.serviceName === 'string'
  )
}

function isTag({ key, type, value }: Tag): boolean {
  const isValue = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
  return typeof key === 'string' && ['string', 'bool', 'int64', 'float64', 'binary'].includes(type) && isValue
}

type Mutation = (valid: Buffer, random: (below: number) => number) => Buffer

/** One to four changes: bytes replaced, cut out, put in, or repeated. */
function mutateBytes(valid: Buffer, random: (below: number) => number): Buffer {
  let bytes = Buffer.from(valid)
  for (let change = random(4); change >= 0; change--) {
    const at = random(bytes.length + 1)
    const end = Math.min(at + random(40), bytes.length)
    const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, end), bytes.subarray(end)]
    const changes = [
      () => Buffer.concat([before, Buffer.from([random(256)]), bytes.subarray(at + 1)]),
      () => Buffer.concat([before, Buffer.alloc(random(9), [0, 0xff, 0x7f, 0x80][random(4)]), after]),
      () => Buffer.concat([before, after]),
      () => before,
      () => Buffer.concat([before, part, part, after]),
      () => Buffer.concat([before, Buffer.from([random(256), random(256)]), part, after]),
      () => Buffer.concat([before, ...Array.from({ length: random(200) }, () => part), after]),
    ]
    bytes = changes[random(changes.length)]?.() ?? bytes
  }
  return bytes
}

const ODD = [
  'null',
  '0',
  '-1',
  '1e400',
  '9007199254740993',
  '"x"',
  '""',
  '[]',
  '{}',
  'true',
  '"__proto__"',
  '[[[]]]',
  '1.5',
]

/** One to four changes: values replaced, names exchanged, or bytes like those above. */
function mutateJson(valid: Buffer, random: (below: number) => number): Buffer {
  if (random(4) === 0) return mutateBytes(valid, random)
  let changed = valid.toString()
  for (let change = random(4); change >= 0; change--) {
    const values = [...changed.matchAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.e+]*|true|false|null|\[\]|\{\}/g)]
    const value = values[random(values.length)]
    if (value === undefined) return Buffer.from(changed)
    const odd = random(3) === 0 ? values[random(values.length)]?.[0] : ODD[random(ODD.length)]
    changed = changed.slice(0, value.index) + odd + changed.slice(value.index + value[0].length)
  }
  return Buffer.from(changed)
}

/** The same numbers for the same seed: mulberry32. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
