import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { allSpans } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'

test('a request that expects 100-continue is a span where the app decides on that itself', async (t) => {
  const app = await startApp(t, 'expectations.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('POST /upload HTTP/1.1', 'Host: test', 'Expect: 100-continue', 'Content-Length: 4')
  await wire.heard(/^HTTP\/1\.1 100 Continue\r\n\r\n/)
  wire.socket.write('body')
  await wire.heard(/200 OK[\s\S]*continued/)

  const [span] = await allSpans(app, 1)
  assert.equal(span?.operationName, 'POST')
  assert.equal(span?.tags['http.status_code'], 200)
})

test('a request that a checkContinue listener emits as an ordinary one is one span', async (t) => {
  const app = await startApp(t, 'expectations.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('POST /emit HTTP/1.1', 'Host: test', 'Expect: 100-continue', 'Content-Length: 4')
  await wire.heard(/100 Continue/)
  wire.socket.write('body')
  await wire.heard(/200 OK[\s\S]*served/)

  await allSpans(app, 1)
})

test('a request whose body is refused is a span with the status of the refusal', async (t) => {
  const app = await startApp(t, 'expectations.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('POST /refuse HTTP/1.1', 'Host: test', 'Expect: 100-continue', 'Content-Length: 4')

  await wire.heard(/^HTTP\/1\.1 413/)
  assert.equal((await app.span()).tags['http.status_code'], 413)
})

test('a request with another expectation is a span where the app answers it', async (t) => {
  const app = await startApp(t, 'expectations.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('GET /expect HTTP/1.1', 'Host: test', 'Expect: meow')

  await wire.heard(/^HTTP\/1\.1 417/)
  const [span] = await allSpans(app, 1)
  assert.equal(span?.tags['http.status_code'], 417)
})

test('without a listener for it, 100-continue is answered by Node and the request is a span', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('POST /upload HTTP/1.1', 'Host: test', 'Expect: 100-continue', 'Content-Length: 4')
  await wire.heard(/^HTTP\/1\.1 100 Continue/)
  wire.socket.write('body')
  await wire.heard(/200 OK/)

  await allSpans(app, 1)
})
