import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type App, startApp } from '../helpers/app.js'
import { allSpans, printed } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'

for (const path of ['/accept', '/bytes']) {
  test(`an accepted upgrade is a span that ends with the handshake, not with the socket (${path})`, async (t) => {
    const app = await startApp(t, 'handshake.js')
    const wire = await upgrade(t, app, path)

    await wire.heard(/^HTTP\/1\.1 101 [\s\S]*\r\n\r\n/)
    const span = await app.span()

    assert.equal(span.operationName, 'GET')
    assert.equal(span.tags['http.status_code'], 101)
    assert.equal(span.tags['http.aborted'], undefined)
    assert.equal(span.tags['span.kind'], 'server')
    wire.socket.write('echo')
    await wire.heard(/echo/)
    wire.hangUp()
    await allSpans(app, 1)
  })
}

const refusals: [path: string, status: number][] = [
  ['/refuse', 401],
  ['/response', 403],
]
for (const [path, status] of refusals) {
  test(`an upgrade that is refused with ${status} is a span with that status`, async (t) => {
    const app = await startApp(t, 'handshake.js')
    const wire = await upgrade(t, app, path)

    assert.match(await wire.closed(), new RegExp(`^HTTP/1\\.1 ${status} `))

    const [span] = await allSpans(app, 1)
    assert.equal(span?.tags['http.status_code'], status)
    assert.equal(span?.tags.error, undefined)
  })
}

test('an upgrade whose socket the app closes without an answer is a span without a status', async (t) => {
  const app = await startApp(t, 'handshake.js')
  const wire = await upgrade(t, app, '/close')

  assert.equal(await wire.closed(), '')

  const [span] = await allSpans(app, 1)
  assert.equal(span?.tags['http.status_code'], undefined)
  assert.equal(span?.tags['http.aborted'], true)
})

test('an upgrade that is never answered ends when the client goes away', async (t) => {
  const app = await startApp(t, 'handshake.js')
  const wire = await upgrade(t, app, '/never')

  await printed(app, /upgrade \/never/)
  await allSpans(app, 0)
  wire.hangUp()

  const span = await app.span(({ tags }) => String(tags['http.url']).endsWith('/never'))
  assert.equal(span.tags['http.aborted'], true)
})

test('an upgrade continues the trace of its client', async (t) => {
  const app = await startApp(t, 'handshake.js')
  const wire = await upgrade(t, app, '/accept', 'uber-trace-id: abc:def:0:1')

  await wire.heard(/101/)

  const span = await app.span()
  assert.deepEqual([span.traceId, span.parentId], ['abc', 'def'])
})

test('a write of its own that an app gives the socket stays', async (t) => {
  const app = await startApp(t, 'handshake.js')
  const wire = await upgrade(t, app, '/own-write')

  await wire.closed()

  assert.match(wire.received, /second$/)
  assert.equal(app.stdout.match(/written through/g)?.length, 2)
})

test('a CONNECT is a span that ends when the tunnel is open', async (t) => {
  const app = await startApp(t, 'handshake.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('CONNECT db.example:5432 HTTP/1.1', 'Host: db.example:5432')
  await wire.heard(/^HTTP\/1\.1 200 Connection Established/)

  const span = await app.span()
  assert.equal(span.operationName, 'CONNECT')
  assert.equal(span.tags['http.status_code'], 200)
  wire.socket.write('through the tunnel')
  await wire.heard(/through the tunnel/)
})

test('without a listener for it, an upgrade is an ordinary request', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await upgrade(t, app, '/plain')

  await wire.heard(/^HTTP\/1\.1 200 OK[\s\S]*hello/)

  assert.equal((await app.span()).tags['http.status_code'], 200)
})

test('sockets that come and go after their upgrades are a span each', async (t) => {
  const app = await startApp(t, 'handshake.js')

  for (let count = 0; count < 100; count++) {
    const wire = await upgrade(t, app, '/accept')
    await wire.heard(/101/)
    wire.hangUp()
    await wire.closed()
  }

  await allSpans(app, 100)
  assert.equal(app.stderr, '')
})

async function upgrade(t: TestContext, { port }: App, path: string, ...headers: string[]): Promise<Wire> {
  const wire = await Wire.open(t, port)
  wire.ask(`GET ${path} HTTP/1.1`, 'Host: test', 'Connection: Upgrade', 'Upgrade: echo', ...headers)
  return wire
}
