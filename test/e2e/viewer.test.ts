import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { after, before, type TestContext, test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { otlpProtobuf, otlpRequest, otlpSpan } from '../viewer/otlp-messages.js'
import { batch, packet, type SentProcess, type SentSpan } from '../viewer/thrift-messages.js'
import { startViewer, type Viewer } from '../viewer/viewer.js'
import { poll, RealJaeger } from './real-jaeger.js'

const NOW = Date.now() * 1_000
const TRACE = { traceIdHigh: 0x0102030405060708n, traceIdLow: 0x1112131415161718n }

let jaeger: RealJaeger
let viewer: Viewer

before(async () => {
  jaeger = await RealJaeger.start(process.env.JAEGER ?? 'jaeger-all-in-one')
})

after(() => jaeger.stop())

/** A shop that calls its stock, on a host of its own whose clock is late, with every type of value. */
const shop: SentProcess = {
  serviceName: 'shop',
  tags: [
    ['hostname', 'one'],
    ['ip', '10.0.0.1'],
    ['a', 1n],
  ],
}
const stock: SentProcess = { serviceName: 'stock', tags: [['ip', '10.0.0.2']] }
const shopSpans: SentSpan[] = [
  {
    ...TRACE,
    spanId: 1n,
    operationName: 'GET /products/:id',
    startTime: NOW,
    duration: 9_000,
    tags: [
      ['span.kind', 'server'],
      ['http.status_code', 200],
      ['fraction', 0.1],
      ['yes', true],
      ['small', -42n],
      ['large', 2n ** 62n],
      ['bytes', Buffer.from([0, 255, 16])],
      ['text', 'ünïcode <b>🚀</b>'],
      ['peer.ipv4', 0x7f000001n],
      ['same', 'one'],
      ['same', 'two'],
    ],
    logs: [
      {
        timestamp: NOW + 5,
        fields: [
          ['message', 'no'],
          ['stack', 'at'],
          ['event', 'error'],
          ['b', 2n],
          ['b', 1n],
        ],
      },
      { timestamp: NOW + 6, fields: [] },
    ],
  },
  {
    ...TRACE,
    spanId: 2n,
    parentSpanId: 1n,
    startTime: NOW + 10,
    duration: 5_000,
    tags: [['span.kind', 'client']],
    flags: 3,
  },
  {
    ...TRACE,
    spanId: 5n,
    parentSpanId: 1n,
    operationName: 'follows',
    startTime: NOW + 20,
    references: [
      { refType: 1, traceIdLow: 0x77n, spanId: 0x78n },
      { refType: 0, ...TRACE, spanId: 1n },
    ],
  },
  { ...TRACE, spanId: 6n, parentSpanId: 0x99n, operationName: 'lost its parent', startTime: NOW + 30, duration: 0 },
  {
    traceIdLow: 7n,
    spanId: 7n,
    operationName: 'short id',
    startTime: NOW - 60_000_000,
    duration: 2_500_000,
    tags: [['error', true]],
  },
  { traceIdLow: 9n, spanId: 9n, operationName: 'on time', startTime: NOW, duration: 125_500 },
]
const stockSpans: SentSpan[] = [
  // Its clock is late.
  {
    traceIdLow: 9n,
    spanId: 10n,
    parentSpanId: 9n,
    operationName: 'early',
    startTime: NOW - 1_500_000,
    duration: 1_000,
  },
  {
    ...TRACE,
    spanId: 3n,
    parentSpanId: 2n,
    operationName: 'GET /stock/:id',
    startTime: NOW - 700_000,
    duration: 1_000,
  },
  // As Zipkin would have it: under the client's own id.
  {
    ...TRACE,
    spanId: 2n,
    operationName: 'shared',
    startTime: NOW + 12,
    duration: 3_000,
    tags: [['span.kind', 'server']],
  },
]

/** Sent when the other is there. */
const sameId: SentSpan = {
  traceIdLow: 9n,
  spanId: 10n,
  parentSpanId: 9n,
  operationName: 'same id',
  startTime: NOW,
  duration: 1_000,
}

const otlp = otlpRequest('otel', [
  otlpSpan({
    traceId: '000000000000000000000000000000aa',
    spanId: '00000000000000ab',
    name: 'GET /users/:id',
    kind: 2,
    traceState: 'a=b',
    startTimeUnixNano: `${NOW}123`,
    endTimeUnixNano: `${NOW + 1_500}999`,
    attributes: [
      { key: 'text', value: { stringValue: 'ü' } },
      { key: 'integer', value: { intValue: '9223372036854775807' } },
      { key: 'double', value: { doubleValue: 1e21 } },
      { key: 'bytes', value: { bytesValue: 'AP+A' } },
      {
        key: 'list',
        value: { arrayValue: { values: [{ stringValue: 'a' }, { doubleValue: 0.5 }, { intValue: 7 }, {}] } },
      },
      {
        key: 'map',
        value: {
          kvlistValue: {
            values: [
              { key: 'z', value: { boolValue: true } },
              { key: 'a', value: { bytesValue: 'AQ==' } },
            ],
          },
        },
      },
      { key: 'nothing', value: {} },
    ],
    events: [
      {
        timeUnixNano: `${NOW + 7}001`,
        name: 'exception',
        attributes: [{ key: 'exception.type', value: { stringValue: 'E' } }],
      },
      {
        timeUnixNano: `${NOW + 8}001`,
        name: 'named',
        attributes: [{ key: 'event', value: { stringValue: 'otherwise' } }],
      },
    ],
    links: [{ traceId: '0102030405060708090a0b0c0d0e0f10', spanId: '00000000000000bb' }],
    status: { code: 2, message: 'failed' },
  }),
  otlpSpan({
    traceId: '000000000000000000000000000000aa',
    spanId: '00000000000000ac',
    parentSpanId: '00000000000000ab',
    name: 'inside',
    kind: 1,
    startTimeUnixNano: `${NOW + 100}000`,
    endTimeUnixNano: `${NOW + 200}000`,
    status: { code: 1 },
  }),
])
const unnamed = {
  resourceSpans: [
    {
      scopeSpans: [
        {
          scope: { name: 'lib', version: '1' },
          spans: [otlpSpan({ startTimeUnixNano: `${NOW}000`, endTimeUnixNano: `${NOW}500` })],
        },
      ],
    },
  ],
}

test('the viewer answers what a real Jaeger answers that was sent the same', async (t) => {
  viewer = await startViewer(t)
  await sendUdp([packet(shop, shopSpans)], [jaeger.udpPort, viewer.udpPort])
  await sendUdp(
    [packet({ serviceName: 'python' }, [{ traceIdLow: 8n, spanId: 8n, startTime: NOW }], 'compact')],
    [jaeger.compactPort, viewer.compactPort],
  )
  // One after the other: which of two spans of one id came first shows in Jaeger's warnings.
  const endpoints = [jaeger.endpoint, viewer.endpoint]
  await jaeger.spans('shop', shopSpans.length)
  await post(endpoints, 'application/x-thrift', batch(stock, stockSpans))
  await jaeger.spans('shop', shopSpans.length + stockSpans.length)
  await post(endpoints, 'application/x-thrift', batch(stock, [sameId]))
  const otlpEndpoints = [`${jaeger.otlpEndpoint}/v1/traces`, viewer.otlpEndpoint]
  await post(otlpEndpoints, 'application/json', Buffer.from(JSON.stringify(otlp)))
  await post(otlpEndpoints, 'application/x-protobuf', otlpProtobuf(unnamed))
  await sendTraced(t)

  const services = ['OTLPResourceNoServiceName', 'otel', 'python', 'shop', 'stock', 'traced']
  await poll(
    'all services',
    async () => sorted(await jaeger.ask('/api/services')).length === services.length || undefined,
  )
  await jaeger.spans('shop', shopSpans.length + stockSpans.length + 1)
  await jaeger.spans('traced', 2)
  await jaeger.spans('otel', 2)
  await viewer.until(({ received }) => received === 16)

  assert.deepEqual(sorted(await jaeger.ask('/api/services')), services)
  const tags = (object: object) => `tags=${encodeURIComponent(JSON.stringify(object))}`
  for (const path of [
    '/api/services',
    ...services.map((service) => `/api/services/${service}/operations`),
    ...services.map((service) => `/api/operations?service=${service}`),
    '/api/operations?service=shop&spanKind=client',
    '/api/services/nobody/operations',
    `/api/dependencies?endTs=${NOW / 1_000 + 60_000}&lookback=3600000`,
    `/api/dependencies?endTs=${NOW / 1_000 - 60_000}&lookback=1000`,
    ...services.map((service) => `/api/traces?service=${service}`),
    '/api/traces?service=nobody',
    '/api/traces?service=shop&operation=short%20id',
    '/api/traces?service=shop&operation=nothing',
    '/api/traces?service=shop&minDuration=1s',
    '/api/traces?service=shop&maxDuration=2s&minDuration=1ms',
    `/api/traces?service=shop&start=${NOW}&end=${NOW + 5}`,
    `/api/traces?service=shop&start=${NOW - 61_000_000}&end=${NOW - 59_000_000}`,
    // The two newest; which of them is the newer one, depends on the span that Jaeger took up first.
    '/api/traces?service=shop&limit=2',
    `/api/traces?service=shop&${tags({ error: 'true' })}`,
    `/api/traces?service=shop&${tags({ 'http.status_code': '200', yes: 'true' })}`,
    `/api/traces?service=shop&${tags({ large: '4611686018427387904' })}`,
    `/api/traces?service=shop&${tags({ fraction: '0.1', same: 'two', ip: '10.0.0.1', event: 'error' })}`,
    `/api/traces?service=shop&${tags({ bytes: '00ff10' })}`,
    '/api/traces?service=shop&tag=http.status_code:200&tag=span.kind:server',
    '/api/traces?service=shop&tag=http.status_code:200&tag=span.kind:client',
    '/api/traces/01020304050607081112131415161718',
    '/api/traces/1020304050607081112131415161718',
    '/api/traces/7',
    '/api/traces/0000000000000007',
    '/api/traces?traceID=7&traceID=8',
    '/api/traces?traceID=7&traceID=123456',
    '/api/traces/123456',
    '/api/traces/xyz',
    '/api/traces',
    '/api/operations',
    '/api/traces?service=shop&minDuration=fast',
    '/api/traces?service=shop&minDuration=2s&maxDuration=1s',
    '/api/traces?service=shop&start=now',
    '/api/traces?service=shop&limit=many',
    '/api/traces?service=shop&tag=x',
    '/api/traces?service=shop&tags=x',
  ]) {
    assert.deepEqual(await answer(viewer.page.origin, path), await answer(jaeger.query, path), path)
  }
})

/** The requests of an app, whose agent sends them once, and we to both. */
async function sendTraced(t: TestContext): Promise<void> {
  const app = await startApp(t, 'express-5/app.js', {
    args: ['routes'],
    env: { TRACE_SERVICE_NAME: 'traced', ...(await forwarder(t)) },
  })
  await app.get('/users/42')
  await app.get('/nowhere')
}

async function forwarder(t: TestContext): Promise<Record<string, string>> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  t.after(() => socket.close())
  socket.on('message', (datagram) => {
    for (const port of [jaeger.udpPort, viewer.udpPort]) socket.send(datagram, port, '127.0.0.1')
  })
  return { JAEGER_AGENT_HOST: '127.0.0.1', JAEGER_AGENT_PORT: String(socket.address().port) }
}

async function sendUdp(packets: readonly Buffer[], ports: readonly number[]): Promise<void> {
  for (const port of ports) await viewer.send(packets, port)
}

async function post(urls: readonly string[], type: string, body: Buffer): Promise<void> {
  for (const url of urls) {
    const { ok, status } = await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body })
    assert.ok(ok, `${url} answers ${status}`)
  }
}

/** Status and body of an answer, without what may differ: orders that mean nothing, and the words of errors. */
async function answer(origin: string, path: string): Promise<object> {
  const response = await fetch(origin + path)
  const body: Body = Object(await response.json())
  // Jaeger has null for a list without anything in it.
  const data = (body.data ?? []).map((item) => (isTrace(item) ? normalTrace(item) : item))
  const errors = body.errors?.map(({ code, traceID }) => ({ code, traceID })) ?? null
  return { status: response.status, ...body, data: sorted(data), errors }
}

function normalTrace({ spans, processes, ...trace }: Trace): object {
  const whole = spans.map(({ processID, tags, warnings, ...span }) => ({
    ...span,
    // Where it came in is Jaeger's own affair.
    tags: tags.filter(({ key }) => key !== 'internal.span.format'),
    process: processes[processID],
    warnings,
  }))
  // What we say of a trace as a whole, Jaeger does not.
  return { ...trace, spans: sorted(whole), warnings: null }
}

/** In an order that does not depend on who made it. */
function sorted(items: unknown): unknown[] {
  assert.ok(Array.isArray(items))
  return items.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
}

function isTrace(item: unknown): item is Trace {
  return typeof item === 'object' && item !== null && 'spans' in item
}

interface Body {
  readonly data: readonly unknown[] | null
  readonly errors: readonly { readonly code?: number; readonly traceID?: string }[] | null
}

interface Trace {
  readonly spans: readonly {
    readonly processID: string
    readonly tags: readonly { readonly key: string }[]
    readonly warnings: readonly string[] | null
  }[]
  readonly processes: Readonly<Record<string, unknown>>
}
