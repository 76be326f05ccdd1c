import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type App, startApp } from '../helpers/app.js'
import { allSpans, printed } from '../helpers/waiting.js'

const CHOSEN = { TRACE_ALL: 'false', TRACE_INCLUDE: '/last-request-of-the-test' }

for (const RELEASE of ['express-4', 'express-5']) {
  test(`${RELEASE}: with TRACE_ALL=false only the routes with trace() are traced, with their attributes`, async (t) => {
    const app = await startApp(t, 'trace.js', { env: { ...CHOSEN, RELEASE } })

    const untraced = await ask(app, '/plain')
    const traced = await ask(app, '/users/42', { 'x-user': 'ann', authorization: 'Bearer canary' })

    assert.deepEqual([untraced, traced], [{ traced: false }, { traced: true, same: true }])
    // The call that the route makes is to a route that is not traced.
    const [span, call] = await allSpans(app, 2)
    assert.equal(span?.operationName, 'GET /users/:id')
    assert.equal(span?.tags['http.url'], `http://127.0.0.1:${app.port}/users/42`)
    assert.match(String(span?.tags.ip), /127\.0\.0\.1$/)
    assert.deepEqual([span?.tags.component, span?.tags['http.status_code']], ['express', 200])
    assert.deepEqual([span?.tags['params.id'], span?.tags.who], ['42', 'ann'])
    assert.equal(span?.tags['headers.authorization'], '[redacted]')
    assert.deepEqual([call?.operationName, call?.parentId], ['GET', span?.spanId])
  })

  test(`${RELEASE}: trace() chooses all routes of a router, and each attribute is one tag`, async (t) => {
    const app = await startApp(t, 'trace.js', { env: { ...CHOSEN, RELEASE } })

    await ask(app, '/shops/berlin/orders/7', { 'x-tenant': 'acme' })

    const [span] = await allSpans(app, 2)
    assert.equal(span?.operationName, 'GET /shops/:shop/orders/:order')
    assert.deepEqual([span?.tags['params.order'], span?.tags['headers.x-tenant']], ['7', 'acme'])
    assert.equal(span?.tagCounts['headers.x-tenant'], 1)
  })

  test(`${RELEASE}: trace() wraps handlers, of errors too, and chooses a request late`, async (t) => {
    const app = await startApp(t, 'trace.js', { env: { ...CHOSEN, RELEASE } })

    const answers = [await ask(app, '/wrapped/1'), await ask(app, '/late/2'), await ask(app, '/error/3')]

    assert.deepEqual(answers, [{ traced: true }, { traced: true }, { message: 'failed', traced: true }])
    const spans = await allSpans(app, 3)
    assert.deepEqual(
      spans.map(({ operationName, tags }) => [
        operationName,
        tags['http.status_code'],
        tags['params.id'] ?? tags.failed,
      ]),
      [
        ['GET /wrapped/:id', 200, '1'],
        ['GET /late/:id', 200, '2'],
        ['GET /error/:id', 500, 'Internal Server Error'],
      ],
    )
    assert.equal(spans[2]?.tags.error, true)
  })

  test(`${RELEASE}: with all requests traced, trace() adds its attributes and nothing else`, async (t) => {
    const app = await startApp(t, 'trace.js', { env: { RELEASE, TRACE_TAGS: 'ip' } })

    await ask(app, '/wrapped/1')
    await ask(app, '/users/42')

    const [wrapped, users] = await allSpans(app, 4)
    assert.equal(wrapped?.tags['params.id'], '1')
    assert.deepEqual([users?.tags['params.id'], users?.tagCounts.ip], ['42', 1])
  })
}

test('trace() around a plain handler chooses its requests', async (t) => {
  const app = await startApp(t, 'trace.js', { env: { ...CHOSEN, PLAIN: 'yes' } })

  assert.deepEqual(await ask(app, '/x?q=1'), { traced: true })

  const [span] = await allSpans(app, 1)
  assert.deepEqual([span?.operationName, span?.tags.method, span?.tags.url], ['GET', 'GET', '/x'])
})

test('a request that trace() chooses continues the trace that it came with, and has its whole duration', async (t) => {
  const app = await startApp(t, 'trace.js', { env: CHOSEN })

  await ask(app, '/late/2', { 'uber-trace-id': 'abc:def:0:1' })

  const [span] = await allSpans(app, 1)
  assert.deepEqual([span?.traceId, span?.parentId], ['abc', 'def'])
})

test('with TRACE_INCOMING=restart, a request that trace() chooses keeps the id that it came with', async (t) => {
  const app = await startApp(t, 'trace.js', { env: { ...CHOSEN, TRACE_INCOMING: 'restart' } })

  await ask(app, '/late/2', { 'uber-trace-id': 'abc:def:0:1' })

  const [span] = await allSpans(app, 1)
  assert.deepEqual([span?.parentId, span?.tags['incoming.trace_id']], ['0', 'abc'])
})

test('TRACE_EXCLUDE wins over trace(), and so does TRACE_INCLUDE where all else would be traced', async (t) => {
  for (const env of [{ ...CHOSEN, TRACE_EXCLUDE: '/wrapped/*' }, { TRACE_INCLUDE: CHOSEN.TRACE_INCLUDE }]) {
    const app = await startApp(t, 'trace.js', { env })

    assert.deepEqual(await ask(app, '/wrapped/1'), { traced: false })

    await allSpans(app, 0)
  }
})

test('a request that is not chosen carries on what it came with', async (t) => {
  const app = await startApp(t, 'relay.js', { env: { TRACE_ALL: 'false' } })

  const { headers } = JSON.parse((await app.get('/', { 'uber-trace-id': 'abc:def:0:1' })).body)

  assert.match(headers['uber-trace-id'], /^0*abc:0*def:0*:1$/)
  assert.deepEqual(app.collector.spans, [])
})

test('what trace() wraps looks as before, and what is no request or attribute changes nothing', async (t) => {
  const app = await startApp(t, 'trace.js')

  assert.match(app.stdout, /^shape: \["showWrapped",2,"answerError",4,"kept",3\]$/m)
  assert.match(app.stdout, /^passed on\npassed nothing on$/m)
  for (const name of ['', 'a b', '__proto__.x'])
    await printed(app, new RegExp(`^tracing: trace\\(\\): "${name}" is not an attribute$`, 'm'), 'stderr')
})

test('without the agent, trace() passes everything through', async (t) => {
  const app = await startApp(t, 'trace.js', { node: [] })

  for (const path of ['/users/42', '/wrapped/1', '/late/2', '/error/3'])
    assert.equal((await ask(app, path)).traced, false)
  assert.match(app.stdout, /^shape: \["showWrapped",2,"answerError",4,"kept",3\]\npassed on\npassed nothing on$/m)
  assert.equal(app.stderr, '')
})

async function ask(app: App, path: string, headers = {}) {
  return JSON.parse((await app.get(path, headers)).body)
}
