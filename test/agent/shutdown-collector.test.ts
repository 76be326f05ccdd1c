import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { runScript, startApp } from '../helpers/app.js'
import { decodeBatch, type ReceivedSpan } from '../helpers/decode.js'

test('an exit waits until a collector over HTTP has the last spans', async (t) => {
  const spans: ReceivedSpan[] = []
  const collector = http.createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    spans.push(...decodeBatch(Buffer.concat(chunks)))
    res.writeHead(202).end()
  })
  const env = { JAEGER_ENDPOINT: await endpoint(t, collector), JAEGER_REPORTER_FLUSH_INTERVAL: '60000' }

  const ended = await runScript(t, 'once.js', { env })

  assert.deepEqual([ended.code, ended.stderr, spans.length], [0, '', 2])
})

/** Collectors from which no answer comes. */
const silent = {
  'takes the connection and says nothing': () => createServer((socket) => socket.resume().on('error', () => {})),
  'begins an answer that never ends': () =>
    createServer((socket) => {
      socket.on('error', () => {}).resume()
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n')
    }),
  'hangs up': () => createServer((socket) => socket.on('error', () => {}).destroy()),
}
for (const [name, start] of Object.entries(silent)) {
  test(`a collector that ${name} does not keep an exit waiting`, async (t) => {
    const env = { JAEGER_ENDPOINT: await endpoint(t, start()), TRACE_FLUSH_TIMEOUT: '200' }

    const ended = await runScript(t, 'once.js', { env })

    assert.deepEqual([ended.code, ended.signal, ended.stdout], [0, null, 'hello\n'])
  })
}

test('a collector that says nothing keeps an exit waiting once, however many spans are left', async (t) => {
  let connections = 0
  const collector = createServer((socket) => {
    connections++
    socket.on('error', () => {}).resume()
  })
  const env = { JAEGER_ENDPOINT: await endpoint(t, collector), TRACE_FLUSH_TIMEOUT: '200' }
  const app = await startApp(t, 'faults.js', { env })

  await app.get('/burst/2000')
  await app.get('/end')

  assert.equal((await app.ended()).code, 0)
  assert.ok(connections <= 2, `${connections} connections`)
})

test('a collector that asks for patience is asked twice at an exit, and not for as long as that may take', async (t) => {
  let requests = 0
  const collector = http.createServer((req, res) => {
    requests++
    req.resume().on('end', () => res.writeHead(503).end())
  })
  const env = { JAEGER_ENDPOINT: await endpoint(t, collector), JAEGER_REPORTER_FLUSH_INTERVAL: '60000' }

  const ended = await runScript(t, 'once.js', { env })

  assert.deepEqual([ended.code, ended.stdout, requests], [0, 'hello\n', 2])
})

test('a collector that says nothing does not keep process.exit() waiting', async (t) => {
  const app = await startApp(t, 'exit.js', { env: { JAEGER_ENDPOINT: await endpoint(t, silent['hangs up']()) } })

  await app.get('/close')

  assert.equal((await app.ended()).code, 3)
})

test('a collector that says nothing does not keep TRACE_FLUSH_SIGNALS waiting', async (t) => {
  const collector = silent['takes the connection and says nothing']()
  const env = {
    JAEGER_ENDPOINT: await endpoint(t, collector),
    TRACE_FLUSH_TIMEOUT: '200',
    TRACE_FLUSH_SIGNALS: 'SIGTERM',
  }
  const app = await startApp(t, 'signals.js', { env })

  await app.get('/')

  assert.equal((await app.stop('SIGTERM')).signal, 'SIGTERM')
})

test('an agent that nobody runs does not keep an exit waiting', async (t) => {
  const ended = await runScript(t, 'once.js', { env: { JAEGER_AGENT_PORT: '9', TRACE_FLUSH_TIMEOUT: '200' } })

  assert.deepEqual([ended.code, ended.signal, ended.stdout], [0, null, 'hello\n'])
})

async function endpoint(t: TestContext, server: ReturnType<typeof createServer>): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/traces`
}
