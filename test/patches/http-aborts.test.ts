import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { allSpans, printed } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'

test('a client that goes away before the answer ends the span as aborted, without a status', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('GET /never HTTP/1.1', 'Host: test')
  await printed(app, /\/never/)
  wire.hangUp()

  const span = await app.span()
  assert.equal(span.tags['http.aborted'], true)
  assert.equal(span.tags['http.status_code'], undefined)
  assert.equal(span.tags.error, undefined)
  assert.deepEqual(span.logs, [{ event: 'aborted' }])
})

test('a client that goes away in the middle of its body ends the span as aborted', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('POST /upload HTTP/1.1', 'Host: test', 'Content-Length: 100')
  wire.socket.write('half a body')
  await printed(app, /received 11/)
  wire.hangUp()

  const [span] = await allSpans(app, 1)
  assert.equal(span?.tags['http.aborted'], true)
  assert.equal(span?.tags['http.status_code'], undefined)
  assert.equal(span?.tags.error, undefined)
  assert.deepEqual(span?.logs, [{ event: 'aborted' }])
})

test('a client that goes away in the middle of the answer leaves its status on the span', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('GET /half HTTP/1.1', 'Host: test')
  await wire.heard(/half/)
  wire.hangUp()

  const [span] = await allSpans(app, 1)
  assert.equal(span?.tags['http.aborted'], true)
  assert.equal(span?.tags['http.status_code'], 200)
  assert.equal(span?.tags.error, undefined)
})

test('a stream of server-sent events is a span that ends with the connection', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('GET /events HTTP/1.1', 'Host: test', 'Accept: text/event-stream')
  await wire.heard(/data: 1/)
  await allSpans(app, 0)
  wire.hangUp()

  const span = await app.span(({ tags }) => String(tags['http.url']).endsWith('/events'))
  assert.equal(span.tags['http.status_code'], 200)
  assert.equal(span.tags['http.aborted'], true)
})

test('an answer that comes when the client is gone is an aborted request', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('GET /too-late HTTP/1.1', 'Host: test')
  await printed(app, /too-late/)
  wire.hangUp()

  const [span] = await allSpans(app, 1)
  assert.equal(span?.tags['http.aborted'], true)
  assert.equal(span?.tags['http.status_code'], undefined)
})

const destroyed: [path: string, status: number | undefined][] = [
  ['/destroy', undefined],
  ['/destroy-error', undefined],
  ['/destroy-half', 200],
]
for (const [path, status] of destroyed) {
  test(`a response that the app destroys ends its span (${path})`, async (t) => {
    const app = await startApp(t, 'answers.js')
    const wire = await Wire.open(t, app.port)

    wire.ask(`GET ${path} HTTP/1.1`, 'Host: test')
    await wire.closed()

    const [span] = await allSpans(app, 1)
    assert.equal(span?.tags['http.aborted'], true)
    assert.equal(span?.tags['http.status_code'], status)
    assert.equal(app.stderr, '')
  })
}

test('a client that leaves right after the answer has not aborted', async (t) => {
  const app = await startApp(t, 'answers.js')

  for (const connection of ['close', 'keep-alive']) {
    const wire = await Wire.open(t, app.port)
    wire.ask('GET /quick HTTP/1.1', 'Host: test', `Connection: ${connection}`)
    await wire.heard(/hello/)
    wire.hangUp()
  }

  for (const { tags } of await allSpans(app, 2)) {
    assert.deepEqual([tags['http.aborted'], tags['http.status_code']], [undefined, 200])
  }
})

test('an answer to a client that is still sending its body is no abort', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('POST /fail HTTP/1.1', 'Host: test', 'Content-Length: 100')
  await wire.heard(/503[\s\S]*no/)
  wire.hangUp()

  const [span] = await allSpans(app, 1)
  assert.deepEqual([span?.tags['http.aborted'], span?.tags['http.status_code']], [undefined, 503])
})
