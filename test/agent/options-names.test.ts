import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { script, temporaryFolder } from '../helpers/folder.js'
import { allSpans, printed } from '../helpers/waiting.js'

const operations: Record<string, string[]> = {
  route: ['GET /users/:id', 'GET /nameless', 'GET'],
  handler: ['showUser', 'GET /nameless', 'GET'],
  method: ['GET', 'GET', 'GET'],
}
for (const [mode, names] of Object.entries(operations)) {
  test(`TRACE_OPERATION=${mode} names spans ${names.join(', ')}`, async (t) => {
    const app = await startApp(t, 'handlers.js', { env: { TRACE_OPERATION: mode } })

    for (const path of ['/users/42', '/nameless', '/missing']) await app.get(path)

    const spans = await allSpans(app, 3)
    assert.deepEqual(
      spans.map(({ operationName }) => operationName),
      names,
    )
    assert.equal(spans[0]?.tags['http.route'], '/users/:id')
  })
}

test('TRACE_ERROR_STATUS says which statuses are errors, and no others are', async (t) => {
  const app = await startApp(t, 'answers.js', { env: { TRACE_ERROR_STATUS: '404, 410-420' } })

  for (const path of ['/teapot', '/fail', '/ok']) await app.get(path)

  const spans = await allSpans(app, 3)
  assert.deepEqual(
    spans.map(({ tags }) => [tags['http.status_code'], tags.error]),
    [
      [418, true],
      [503, undefined],
      [200, undefined],
    ],
  )
})

const services: [name: string, env: Record<string, string>, service: string][] = [
  [
    'TRACE_SERVICE_NAME before all others',
    { TRACE_SERVICE_NAME: 'shop', JAEGER_SERVICE_NAME: 'b', OTEL_SERVICE_NAME: 'c' },
    'shop',
  ],
  ['JAEGER_SERVICE_NAME before OTEL_SERVICE_NAME', { JAEGER_SERVICE_NAME: 'b', OTEL_SERVICE_NAME: 'c' }, 'b'],
  ['OTEL_SERVICE_NAME', { OTEL_SERVICE_NAME: 'c' }, 'c'],
  ['the package of the script where nothing is set', {}, 'tracing'],
  [
    'the package of the script where only blanks are set',
    { TRACE_SERVICE_NAME: ' ', JAEGER_SERVICE_NAME: '' },
    'tracing',
  ],
]
for (const [name, env, service] of services) {
  test(`the service is called after ${name}`, async (t) => {
    const app = await startApp(t, 'http.js', { env })

    await app.get('/')

    assert.equal((await app.span()).service, service)
  })
}

test('the service is called after its script where there is no package', async (t) => {
  const folder = temporaryFolder(t, {
    'corner-shop.js': `
      const server = require('node:http').createServer((_req, res) => res.end())
      server.listen(0, () => console.log('listening on ' + server.address().port))
    `,
  })
  const app = await startApp(t, script(folder, 'corner-shop.js'))

  await app.get('/')

  assert.equal((await app.span()).service, 'corner-shop')
})

test('TRACE_DEBUG says what the agent does, on stderr alone', async (t) => {
  const app = await startApp(t, 'http.js', { env: { TRACE_DEBUG: 'true' } })

  await app.get('/')
  await app.span()
  await printed(app, /sent 1/, 'stderr')

  assert.equal(app.stdout, `listening on ${app.port}\n`)
  assert.match(app.stderr, /^tracing: starting on Node \d+\.\d+\.\d+, main thread$/m)
  assert.match(app.stderr, /^tracing: TRACE_DEBUG="true"$/m)
  assert.match(app.stderr, /^tracing: patched http /m)
  assert.match(app.stderr, /^tracing: finished span "GET", status 200$/m)
  assert.match(app.stderr, /^tracing: sent 1 spans to 127\.0\.0\.1:\d+ \(UDP\)$/m)
  for (const line of app.stderr.trimEnd().split('\n')) assert.match(line, /^tracing: /)
})
