import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { type App, startApp } from '../helpers/app.js'
import type { Fields, ReceivedSpan } from '../helpers/decode.js'
import { temporaryFolder } from '../helpers/folder.js'
import { printingTracer } from '../helpers/tracers.js'
import { allSpans } from '../helpers/waiting.js'

const isClient = ({ tags }: ReceivedSpan) => tags['span.kind'] === 'client'

for (const [name, component] of [
  ['http', 'http'],
  ['fetch', 'undici'],
] as const) {
  test(`${name}: a call is a span between that of its caller and that of its receiver`, async (t) => {
    const app = await startApp(t, 'client.js')

    const headers = JSON.parse((await app.get(`/call/${name}`)).body)

    const spans = await allSpans(app, 3)
    const [server, client, receiver] = [find(spans, '/call'), spans.find(isClient), find(spans, '/echo')]
    assert.equal(client?.operationName, 'GET')
    assert.deepEqual(withoutSampler(client?.tags), {
      'span.kind': 'client',
      component,
      'http.method': 'GET',
      'http.url': `http://127.0.0.1:${app.port}/echo`,
      'http.status_code': 200,
      'peer.hostname': '127.0.0.1',
      'peer.port': app.port,
    })
    assert.deepEqual(new Set(Object.values(client?.tagCounts ?? {})), new Set([1]))
    assert.deepEqual([client?.traceId, client?.parentId], [server?.traceId, server?.spanId])
    assert.deepEqual([receiver?.traceId, receiver?.parentId], [server?.traceId, client?.spanId])
    assert.match(headers['uber-trace-id'], new RegExp(`^${server?.traceId}:0*${client?.spanId}:`))
    assert.ok(headers.traceparent)
  })
}

/** What goes wrong, and what the span says of it. */
const failures: [name: string, status: number | undefined, error: true | undefined, message: RegExp | undefined][] = [
  ['status', 404, true, undefined],
  ['fetch-status', 503, true, undefined],
  ['refused', undefined, true, /ECONNREFUSED/],
  ['fetch-refused', undefined, true, /ECONNREFUSED/],
  ['cut', 200, true, /aborted/],
  ['hangup', undefined, true, /socket hang up/],
  ['aborted', undefined, true, /socket hang up/],
  ['unread', 200, undefined, undefined],
  ['fetch-unread', 200, undefined, undefined],
  ['ignored', 200, undefined, undefined],
  ['upgrade', 101, undefined, undefined],
  ['late', 200, undefined, undefined],
]
for (const [name, status, error, message] of failures) {
  test(`the span of a call ends with what became of it (${name})`, async (t) => {
    const app = await startApp(t, 'client.js')

    await app.get(`/call/${name}`)

    const client = await app.span(isClient)
    assert.deepEqual([client.tags['http.status_code'], client.tags.error], [status, error])
    assert.equal(client.logs.length, message === undefined ? 0 : 1)
    if (message !== undefined) assert.match(String(client.logs[0]?.message), message)
    assert.equal(client.tags['peer.hostname'], '127.0.0.1')
    assert.equal(typeof client.tags['peer.port'], 'number')
  })
}

test('a call outside of all requests is the root of a trace', async (t) => {
  const app = await startApp(t, 'servers.js')
  await app.get('/ask')

  const spans = await allSpans(app, 3)
  assert.equal(spans.filter(({ parentId }) => parentId === '0').length, 1)
})

test('a call that is made after the answer belongs to the trace all the same', async (t) => {
  const app = await startApp(t, 'client.js')

  await app.get('/call/after')

  const client = await app.span(isClient)
  const server = await app.span(({ tags }) => String(tags['http.url']).endsWith('/call/after'))
  assert.deepEqual([client.traceId, client.parentId], [server.traceId, server.spanId])
})

test('a trace header that the app sets stays as it is, alone', async (t) => {
  const app = await startApp(t, 'client.js')

  const own = JSON.parse((await app.get('/call/own')).body)
  const fetched = JSON.parse((await app.get('/call/fetch-own')).body)

  assert.deepEqual([own.traceparent, own['uber-trace-id']], [`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, undefined])
  assert.deepEqual([fetched.traceparent, fetched['uber-trace-id']], [undefined, 'abc:def:0:1'])
  await app.collector.take(2, isClient)
})

test('each hop of a redirect is a span; one that begins signed carries no headers to another origin', async (t) => {
  const app = await startApp(t, 'client.js')

  const followed = JSON.parse((await app.get('/call/redirect')).body)
  const signed = JSON.parse((await app.get('/call/signed-redirect')).body)

  assert.ok(followed['uber-trace-id'])
  assert.deepEqual([signed['uber-trace-id'], signed.traceparent], [undefined, undefined])
  const hops = await app.collector.take(4, isClient)
  assert.deepEqual(
    hops.map(({ tags }) => tags['http.status_code']),
    [302, 200, 302, 200],
  )
})

for (const [option, value] of [
  ['TRACE_CLIENT', 'false'],
  ['TRACE_DISABLE', 'http-client,undici'],
  ['TRACE_CLIENT_EXCLUDE', '127.0.0.*'],
] as const) {
  test(`${option}=${value}: no spans, no headers`, async (t) => {
    const app = await startApp(t, 'client.js', { env: { [option]: value } })

    const [called, fetched] = JSON.parse((await app.get('/call/both')).body)

    assert.deepEqual([called['uber-trace-id'], fetched['uber-trace-id'], fetched.traceparent], Array(3).fill(undefined))
    await allSpans(app, 3)
    assert.deepEqual(app.collector.spans.filter(isClient), [])
  })
}

test('a request that is not traced is transparent: its calls carry on what came, written anew', async (t) => {
  const app = await startApp(t, 'client.js', { env: { TRACE_EXCLUDE: '/call/*,/echo' } })

  const came = { 'uber-trace-id': '00ABC:def:0:1', 'uberctx-user': 'ann%20lee', traceparent: 'nonsense' }
  const [called, fetched] = JSON.parse((await app.get('/call/both', came)).body)
  const [none, alone] = JSON.parse((await app.get('/call/both', { 'uber-trace-id': 'nonsense' })).body)

  for (const headers of [called, fetched]) {
    assert.match(headers['uber-trace-id'], /^0*abc:0*def:0:1$/i)
    assert.equal(headers['uberctx-user'], 'ann%20lee')
    assert.notEqual(headers.traceparent, 'nonsense')
  }
  for (const headers of [none, alone]) assert.equal(headers['uber-trace-id'], undefined)
  await allSpans(app, 0)
})

test('what is not trusted does not go on from a request that is not traced', async (t) => {
  const app = await startApp(t, 'client.js', { env: { TRACE_EXCLUDE: '*', TRACE_INCOMING: 'restart' } })

  const [called, fetched] = JSON.parse((await app.get('/call/both', { 'uber-trace-id': 'abc:def:0:1' })).body)

  assert.deepEqual([called['uber-trace-id'], fetched['uber-trace-id']], [undefined, undefined])
})

test('the contexts of 64 connections that are kept alive never mix', async (t) => {
  const app = await startApp(t, 'client.js')
  const rounds = 3

  const answers = await Promise.all(Array.from({ length: 64 }, (_, index) => converse(app, index, rounds)))

  const seen = answers.flat()
  assert.equal(seen.length, 64 * rounds)
  for (const [traceId, ids] of seen) {
    for (const id of ids) assert.equal(id.replace(/^0+/, ''), traceId)
  }
})

test('the agent does not trace its own exports over HTTP, however often they are kept alive', async (t) => {
  const received: http.IncomingHttpHeaders[] = []
  const collector = http.createServer((req, res) => {
    received.push(req.headers)
    req.resume().on('end', () => res.writeHead(202).end())
  })
  collector.listen(0, '127.0.0.1')
  t.after(() => {
    collector.close()
    collector.closeAllConnections()
  })
  await new Promise((resolve) => collector.on('listening', resolve))
  const address = collector.address()
  const port = typeof address === 'object' ? address?.port : 0
  const app = await startApp(t, 'client.js', { env: { JAEGER_ENDPOINT: `http://127.0.0.1:${port}/api/traces` } })

  for (let count = 0; count < 5; count++) {
    await app.get('/call/both')
    const before = received.length
    while (received.length === before) await new Promise((resolve) => collector.once('request', resolve))
  }

  for (const headers of received)
    assert.deepEqual([headers['uber-trace-id'], headers.traceparent], [undefined, undefined])
  const settled = received.length
  await app.stop()
  assert.ok(received.length - settled <= 1)
})

test('the calls that a tracer of somebody else makes are not traced', async (t) => {
  const exports: http.IncomingHttpHeaders[] = []
  const sink = http.createServer((req, res) => {
    exports.push(req.headers)
    res.end()
  })
  sink.listen(0, '127.0.0.1')
  await once(sink, 'listening')
  t.after(() => sink.close())
  const source = `${printingTracer}
    const http = require('node:http')
    const finish = Span.prototype.finish
    const send = () => http.get(process.env.SINK, { agent: false }, (res) => res.resume())
    Span.prototype.finish = function () { send(); setTimeout(send); fetch(process.env.SINK); finish.call(this) }
    module.exports = tracer`
  const TRACE_TRACER = join(temporaryFolder(t, { 'tracer.js': source }), 'tracer.js')
  const address = sink.address()
  const port = typeof address === 'object' ? address?.port : 0
  const app = await startApp(t, 'http.js', { env: { TRACE_TRACER, SINK: `http://127.0.0.1:${port}/` } })

  await app.get('/')
  while (exports.length < 3) await once(sink, 'request')
  await app.get('/')
  while (exports.length < 6) await once(sink, 'request')

  assert.equal(app.stdout.match(/^span /gm)?.length, 2)
})

/** One connection that asks again and again: the trace it asks with, and those of the calls that were made for it. */
async function converse(app: App, index: number, rounds: number): Promise<[string, string[]][]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const seen: [string, string[]][] = []
  for (let round = 0; round < rounds; round++) {
    const traceId = (1 + index * rounds + round).toString(16)
    const headers = { 'uber-trace-id': `${traceId}:1:0:0` }
    const body = await new Promise<string>((resolve, reject) => {
      const req = http.get({ host: '127.0.0.1', port: app.port, path: '/mix', agent, headers }, (res) => {
        let text = ''
        res.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
        })
        res.on('end', () => resolve(text))
      })
      req.on('error', reject)
    })
    seen.push([traceId, JSON.parse(body).map(([id]: string[]) => id)])
  }
  agent.destroy()
  return seen
}

function find(spans: readonly ReceivedSpan[], path: string): ReceivedSpan | undefined {
  return spans.find((span) => !isClient(span) && new URL(String(span.tags['http.url'])).pathname.startsWith(path))
}

function withoutSampler(tags: Fields = {}): Fields {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('sampler.')))
}
