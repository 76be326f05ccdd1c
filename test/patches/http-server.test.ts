import assert from 'node:assert/strict'
import { once } from 'node:events'
import https from 'node:https'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import type { Fields } from '../helpers/decode.js'
import { certificate } from '../helpers/folder.js'
import { allSpans } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'

test('a request is a span with the tags of OpenTracing, each with its type and once', async (t) => {
  const app = await startApp(t, 'answers.js')

  await app.send('POST', '/users/42?token=abc', { 'user-agent': 'test' }, 'body')

  const span = await app.span()
  assert.equal(span.operationName, 'POST')
  assert.equal(span.parentId, '0')
  assert.deepEqual(withoutSampler(span.tags), {
    'span.kind': 'server',
    'http.method': 'POST',
    'http.url': `http://127.0.0.1:${app.port}/users/42`,
    'http.status_code': 200,
    component: 'http',
  })
  assert.deepEqual(new Set(Object.values(span.tagCounts)), new Set([1]))
  assert.deepEqual(span.logs, [])
})

test('a request takes as long as it took, at the time it was made', async (t) => {
  const app = await startApp(t, 'answers.js')
  const before = Date.now()

  await app.get('/late')

  const span = await app.span()
  const after = Date.now()
  assert.ok(span.startTime / 1_000 >= before - 3, 'not before it was made')
  assert.ok((span.startTime + span.duration) / 1_000 <= after + 3, 'not after it was answered')
  assert.ok(span.duration > 0)
})

test('each method names its span, never the raw path', async (t) => {
  const app = await startApp(t, 'answers.js')
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']

  for (const method of methods) await app.send(method, `/users/${method.length}`)

  const spans = await allSpans(app, methods.length)
  assert.deepEqual(
    spans.map(({ operationName }) => operationName),
    methods,
  )
})

test('a status that says the server failed is an error, one that says the client did is none', async (t) => {
  const app = await startApp(t, 'answers.js')

  await app.get('/fail')
  await app.get('/teapot')

  const [failed, teapot] = await allSpans(app, 2)
  assert.equal(failed?.tags['http.status_code'], 503)
  assert.equal(failed?.tags.error, true)
  assert.deepEqual(failed?.logs, [])
  assert.equal(teapot?.tags['http.status_code'], 418)
  assert.equal(teapot?.tags.error, undefined)
})

test('a status that is set late, early hints and trailers arrive as without the agent', async (t) => {
  const app = await startApp(t, 'answers.js')
  const hints: string[] = []

  const late = await app.get('/late')
  const wire = await Wire.open(t, app.port)
  wire.ask('GET /hints HTTP/1.1', 'Host: test', '', 'GET /trailers HTTP/1.1', 'Host: test', 'Connection: close')
  hints.push(await wire.closed())

  assert.equal(late.status, 503)
  assert.match(String(hints), /^HTTP\/1\.1 103 Early Hints\r\nLink: .*\r\n\r\nHTTP\/1\.1 200 OK/)
  assert.match(String(hints), /4\r\nbody\r\n0\r\nx-sum: 42\r\n\r\n$/)
  const spans = await allSpans(app, 3)
  assert.deepEqual(
    spans.map(({ tags }) => tags['http.status_code']),
    [503, 200, 200],
  )
})

test('the status of a span is the one that the client got, whatever is set after it', async (t) => {
  const app = await startApp(t, 'answers.js')

  const { status } = await app.get('/changed')

  const { tags } = await app.span()
  assert.deepEqual([status, tags['http.status_code'], tags.error], [200, 200, undefined])
})

test('an answer to HEAD and one without a body end their spans', async (t) => {
  const app = await startApp(t, 'answers.js')

  const head = await app.send('HEAD', '/anything')
  await app.get('/teapot')

  assert.deepEqual([head.status, head.body], [200, ''])
  const spans = await allSpans(app, 2)
  assert.deepEqual(
    spans.map(({ tags }) => [tags['http.status_code'], tags['http.aborted']]),
    [
      [200, undefined],
      [418, undefined],
    ],
  )
})

test('requests on one connection that is kept alive are spans of traces of their own', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await Wire.open(t, app.port)

  for (let count = 1; count <= 3; count++) {
    wire.ask('GET /again HTTP/1.1', 'Host: test')
    await wire.heard(new RegExp(`(hello.*){${count}}`, 's'))
  }

  const spans = await allSpans(app, 3)
  assert.equal(new Set(spans.map(({ traceId }) => traceId)).size, 3)
  assert.deepEqual(new Set(spans.map(({ parentId }) => parentId)), new Set(['0']))
})

for (const script of ['https.js', 'https.mjs']) {
  test(`a request to an https server has the scheme https (${script})`, async (t) => {
    const app = await startApp(t, script, { env: certificate(t) })

    const req = https.get({ host: '127.0.0.1', port: app.port, path: '/secure?a=1', rejectUnauthorized: false })
    const [res] = await once(req, 'response')
    await once(res.resume(), 'end')
    req.destroy()

    const span = await app.span()
    assert.equal(span.operationName, 'GET')
    assert.equal(span.tags['http.url'], `https://127.0.0.1:${app.port}/secure`)
    assert.equal(span.tags['http.status_code'], 200)
    assert.equal(span.tags.component, 'http')
  })
}

function withoutSampler(tags: Fields): Fields {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('sampler.')))
}
