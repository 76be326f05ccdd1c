import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import { root, startApp } from '../helpers/app.js'
import { otlpProtobuf, otlpRequest, otlpSpan } from './otlp-messages.js'
import { batch, packet } from './thrift-messages.js'
import { startViewer, type Viewer } from './viewer.js'

interface ShownTrace {
  readonly spans: readonly {
    readonly operationName: string
    readonly tags: readonly { key: string; value: unknown }[]
  }[]
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>
}

const request = otlpRequest('shop', [otlpSpan()])

test('an app’s requests are seen as they come in, over UDP and over HTTP', async (t) => {
  for (const transport of ['UDP', 'HTTP']) {
    const viewer = await startViewer(t)
    const address = { JAEGER_AGENT_PORT: String(viewer.udpPort) }
    const env = transport === 'UDP' ? address : { JAEGER_ENDPOINT: viewer.endpoint }
    const app = await startApp(t, 'express-5/app.js', { args: ['routes'], env: { ...env, TRACE_SERVICE_NAME: 'shop' } })

    await app.get('/users/42')
    await viewer.until(({ received }) => received === 1)

    const [trace, ...others] = await viewer.data<ShownTrace>('/api/traces?service=shop')
    assert.deepEqual(others, [])
    assert.deepEqual(
      trace?.spans.map(({ operationName }) => operationName),
      ['GET /users/:id'],
    )
    const tags = new Map(trace?.spans[0]?.tags.map(({ key, value }) => [key, value]))
    assert.deepEqual([tags.get('http.status_code'), tags.get('component')], [200, 'express'])
    assert.equal(trace?.processes.p1?.serviceName, 'shop')
  }
})

test('the spans of jaeger-client itself arrive, over UDP and over HTTP', async (t) => {
  const viewer = await startViewer(t)
  const script = `
    const { initTracer } = require('jaeger-client')
    const reporters = [{ agentHost: '127.0.0.1', agentPort: ${viewer.udpPort} }, { collectorEndpoint: '${viewer.endpoint}' }]
    for (const reporter of reporters) {
      const config = { serviceName: 'client', sampler: { type: 'const', param: 1 }, reporter }
      const tracer = initTracer(config, { logger: { info() {}, error: console.error } })
      const span = tracer.startSpan('work', { tags: { 'a number': 1.5 } })
      span.log({ event: 'done' })
      span.finish()
      tracer.close()
    }`
  const client = spawn(process.execPath, ['-e', script], { cwd: root, stdio: 'inherit' })
  await once(client, 'close')

  await viewer.until(({ received }) => received === 2)

  const traces = await viewer.data<ShownTrace>('/api/traces?service=client&operation=work')
  assert.equal(traces.length, 2)
  assert.equal((await viewer.counts()).malformed, 0)
})

test('both UDP ports understand both protocols', async (t) => {
  const viewer = await startViewer(t)

  for (const [index, port] of [viewer.udpPort, viewer.compactPort].entries()) {
    const id = BigInt(index + 1)
    await viewer.send([packet({ serviceName: 'binary' }, [{ traceIdLow: id, spanId: 1n }], 'binary')], port)
    await viewer.send([packet({ serviceName: 'compact' }, [{ traceIdLow: id, spanId: 2n }], 'compact')], port)
  }

  const { malformed, traces } = await viewer.until(({ received }) => received === 4)
  assert.deepEqual([malformed, traces], [0, 2])
})

test('packets that are none are counted, and those after them are read', async (t) => {
  const viewer = await startViewer(t)
  const whole = packet({ serviceName: 'shop' }, [{ traceIdLow: 1n, spanId: 1n }])
  const broken = [
    Buffer.alloc(0),
    Buffer.from('x'),
    whole.subarray(0, -10),
    Buffer.alloc(60_000, 0xff),
    Buffer.alloc(60_000),
  ]

  await viewer.send([...broken, whole])

  const { malformed } = await viewer.until(({ received }) => received === 1)
  assert.equal(malformed, broken.length)
})

test('OTLP arrives in both encodings, packed and unpacked', async (t) => {
  const viewer = await startViewer(t)
  const json = Buffer.from(JSON.stringify(request))
  const bodies: readonly (readonly [type: string, encoding: string, body: Buffer])[] = [
    ['application/json', 'identity', json],
    ['application/json; charset=utf-8', 'gzip', gzipSync(json)],
    ['application/x-protobuf', 'identity', otlpProtobuf(request)],
    ['application/x-protobuf', 'gzip', gzipSync(otlpProtobuf(request))],
    ['application/x-protobuf', 'deflate', deflateSync(otlpProtobuf(request))],
  ]
  for (const [type, encoding, body] of bodies) {
    const response = await post(viewer, type, body, { 'Content-Encoding': encoding })
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), type.split(';')[0])
    assert.equal(await response.text(), type.startsWith('application/json') ? '{}' : '')
  }

  assert.deepEqual(await viewer.data('/api/services'), ['shop'])
  const { received, duplicates, malformed } = await viewer.counts()
  assert.deepEqual([received, duplicates, malformed], [5, 4, 0])
})

test('a body that is no OTLP is refused in its own encoding', async (t) => {
  const viewer = await startViewer(t)

  const json = await post(viewer, 'application/json', Buffer.from('{'))
  const protobuf = await post(viewer, 'application/x-protobuf', Buffer.from('{'))
  const broken = await post(viewer, 'application/json', Buffer.from('no gzip'), { 'Content-Encoding': 'gzip' })
  const cut = await post(viewer, 'application/json', gzipSync('{}').subarray(0, 10), { 'Content-Encoding': 'gzip' })
  const encoding = await post(viewer, 'application/json', Buffer.from('{}'), { 'Content-Encoding': 'zstd' })
  const type = await post(viewer, 'text/plain', Buffer.from('{}'))

  assert.deepEqual([json.status, await json.json()], [400, { message: 'this is no ExportTraceServiceRequest' }])
  assert.deepEqual([protobuf.status, await protobuf.text()], [400, '\x12\x24this is no ExportTraceServiceRequest'])
  assert.deepEqual([broken.status, cut.status, encoding.status, type.status], [400, 400, 415, 415])
  assert.equal((await viewer.counts()).malformed, 6)
})

test('a body that is no batch of Jaeger’s is refused as Jaeger refuses it', async (t) => {
  const viewer = await startViewer(t)
  const whole = batch({ serviceName: 'shop' }, [{ traceIdLow: 1n, spanId: 1n }])
  const send = (body: Buffer, type: string, path = '/api/traces', method = 'POST') => {
    const init = { method, headers: { 'Content-Type': type }, ...(method === 'POST' ? { body } : {}) }
    return fetch(new URL(path, viewer.endpoint), init).then(({ status }) => status)
  }

  const statuses = [
    await send(whole, 'application/x-thrift'),
    await send(whole, 'application/vnd.apache.thrift.binary; charset=x'),
    await send(whole.subarray(0, -3), 'application/x-thrift'),
    await send(whole, 'application/json'),
    await send(whole, 'application/x-thrift', '/other'),
    await send(whole, 'application/x-thrift', '/api/traces', 'GET'),
  ]

  assert.deepEqual(statuses, [202, 202, 400, 400, 404, 405])
  assert.equal((await viewer.counts()).received, 2)
})

function post(viewer: Viewer, type: string, body: Buffer, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(viewer.otlpEndpoint, { method: 'POST', headers: { 'Content-Type': type, ...headers }, body })
}
