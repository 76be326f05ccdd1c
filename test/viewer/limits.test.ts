import assert from 'node:assert/strict'
import http from 'node:http'
import { connect, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { Wire } from '../helpers/wire.js'
import { MIB, mostMemory, onLinux } from './memory.js'
import { otlpRequest, otlpSpan } from './otlp-messages.js'
import { startViewer, type Viewer } from './viewer.js'

const JSON_TYPE = { 'Content-Type': 'application/json' }

function post(
  url: string | URL,
  body: string | Buffer,
  headers: Record<string, string> = JSON_TYPE,
): Promise<Response> {
  return fetch(url, { method: 'POST', headers, body })
}

async function isWell(viewer: Viewer): Promise<void> {
  const { status } = await post(viewer.otlpEndpoint, JSON.stringify(otlpRequest('well', [otlpSpan()])))
  assert.equal(status, 200)
  assert.ok((await viewer.data('/api/services')).includes('well'))
}

/** The viewer learns one after the other that connections are gone; until then it may drop ours. */
async function becomesWell(viewer: Viewer): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const trouble = await isWell(viewer).catch((error: unknown) => error)
    if (trouble === undefined) return
    if (Date.now() > deadline) throw trouble
  }
}

/** Sends a body of this length in chunks, without saying how long it will be; answers the status. */
function postChunked(url: string | URL, length: number): Promise<number> {
  return new Promise((answered, failed) => {
    const request = http.request(url, { method: 'POST', headers: JSON_TYPE, agent: false }, (response) => {
      answered(response.resume().statusCode ?? 0)
    })
    request.on('error', failed)
    for (let sent = 0; sent < length; sent += MIB) request.write(Buffer.alloc(MIB, ' '))
    request.end()
  })
}

/** Sends a body of this length a byte at a time, as chunks of HTTP; answers the status. */
async function postCrumbs(t: TestContext, url: string, length: number): Promise<number> {
  const { host, port } = new URL(url)
  const wire = await Wire.open(t, Number(port))
  wire.ask('POST /v1/traces HTTP/1.1', `Host: ${host}`, 'Content-Type: application/json', 'Transfer-Encoding: chunked')
  wire.socket.write('1\r\n \r\n'.repeat(length))
  const [, status] = await wire.heard(/^HTTP\/1\.1 (\d+)/)
  return Number(status)
}

test('a body that is too long is refused, in whatever form, and takes no memory', onLinux, async (t) => {
  const viewer = await startViewer(t)
  const upload = new URL('/api/traces', viewer.page)

  for (const url of [viewer.otlpEndpoint, upload]) {
    assert.equal((await post(url, Buffer.alloc(17 * MIB))).status, 413)
    assert.equal(await postChunked(url, 32 * MIB), 413)
    const bomb = gzipSync(Buffer.alloc(128 * MIB))
    assert.equal((await post(url, bomb, { ...JSON_TYPE, 'Content-Encoding': 'gzip' })).status, 413)
  }
  assert.equal(await postCrumbs(t, viewer.otlpEndpoint, 2_000_000), 413)
  const thrift = { 'Content-Type': 'application/x-thrift' }
  assert.equal((await post(viewer.endpoint, Buffer.alloc(17 * MIB), thrift)).status, 413)
  assert.equal((await viewer.counts()).oversized, 8)
  assert.ok(mostMemory(viewer) < 400 * MIB, `${mostMemory(viewer)} bytes`)
  await isWell(viewer)
})

test('bodies that arrive at once get no more memory than there is for them', onLinux, async (t) => {
  const viewer = await startViewer(t)
  const { host, hostname, port } = new URL(viewer.otlpEndpoint)
  const head = [
    'POST /v1/traces HTTP/1.1',
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${15 * MIB}`,
  ]

  const answers = Array.from({ length: 30 }, () => {
    const socket = connect(Number(port), hostname)
    t.after(() => socket.destroy())
    socket.write(`${head.join('\r\n')}\r\n\r\n`)
    // All but the last byte.
    socket.write(Buffer.alloc(15 * MIB - 1))
    return new Promise<string>((answered) => socket.once('data', (data) => answered(data.toString())))
  })

  const first = await Promise.race(answers)
  assert.match(first, /^HTTP\/1\.1 503 /)
  assert.ok(mostMemory(viewer) < 600 * MIB, `${mostMemory(viewer)} bytes`)
})

test('who is slow to ask is sent away, on every port, and nobody waits for it', async (t) => {
  const viewer = await startViewer(t)
  const slow: Wire[] = []
  for (const url of [viewer.page.href, viewer.endpoint, viewer.otlpEndpoint]) {
    for (const said of ['', 'POST /api/traces HTTP/1.1\r\n', 'GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ']) {
      const wire = await Wire.open(t, Number(new URL(url).port))
      wire.socket.write(said)
      slow.push(wire)
    }
  }

  await isWell(viewer)
  await Promise.all(slow.map((wire) => wire.closed()))

  assert.equal((await viewer.counts()).disconnected, slow.length)
  await isWell(viewer)
})

test('of thousands of connections most are dropped, and the viewer goes on', async (t) => {
  const viewer = await startViewer(t)
  const { host, port } = new URL(viewer.otlpEndpoint)
  const head = ['POST /v1/traces HTTP/1.1', `Host: ${host}`, 'Content-Type: application/json', 'Content-Length: 9']
  let answers = 0

  const sockets = await Promise.all(Array.from({ length: 2_000 }, () => open(t, Number(port))))
  for (const socket of sockets) socket.on('data', () => answers++).write(`${head.join('\r\n')}\r\n\r\n`)
  // Other ports are not concerned.
  await viewer.until(({ disconnected }) => disconnected >= 2_000 - 512)

  // Whoever is sent away for being slow is told so.
  assert.equal(answers, 0)
  for (const socket of sockets) socket.destroy()
  await becomesWell(viewer)
})

test('a page that does not read what it is told is let go', onLinux, async (t) => {
  const viewer = await startViewer(t)
  const live = await Wire.open(t, Number(viewer.page.port))
  live.ask('GET /api/live HTTP/1.1', `Host: ${viewer.page.host}`)
  await live.heard(/event: counts/)
  live.socket.pause()
  const name = 'n'.repeat(20_000)
  const spans = (round: number) =>
    Array.from({ length: 200 }, (_, index) => otlpSpan({ name, traceId: id(round * 200 + index, 32) }))

  let round = 1
  for (; (await viewer.counts()).disconnected === 0; round++) {
    assert.ok(round < 200, 'it was not let go')
    await post(viewer.otlpEndpoint, JSON.stringify(otlpRequest('shop', spans(round))))
  }

  live.socket.resume()
  await live.closed()
  assert.ok(mostMemory(viewer) < 800 * MIB, `${mostMemory(viewer)} bytes`)
  await isWell(viewer)
})

test('a reader that stops in the middle of a long answer takes nothing with it', onLinux, async (t) => {
  const viewer = await startViewer(t)
  const name = 'n'.repeat(10_000)
  const spans = Array.from({ length: 1_000 }, (_, index) => otlpSpan({ name, traceId: id(index + 1, 32) }))
  await post(viewer.otlpEndpoint, JSON.stringify(otlpRequest('shop', spans)))

  const before = mostMemory(viewer)
  const readers = await Promise.all(Array.from({ length: 50 }, () => Wire.open(t, Number(viewer.page.port))))
  for (const reader of readers) {
    reader.ask('GET /api/traces?service=shop&limit=1000 HTTP/1.1', `Host: ${viewer.page.host}`)
    await reader.heard(/"traceID"/)
    reader.socket.pause()
  }
  await isWell(viewer)
  for (const reader of readers) reader.hangUp()

  await isWell(viewer)
  assert.ok(mostMemory(viewer) - before < 350 * MIB, `${mostMemory(viewer) - before} bytes more`)
})

function open(t: TestContext, port: number): Promise<Socket> {
  return new Promise((opened) => {
    const socket = connect(port, '127.0.0.1', () => opened(socket))
    socket.on('error', () => opened(socket))
    t.after(() => socket.destroy())
  })
}

function id(number: number, length: number): string {
  return number.toString(16).padStart(length, '0')
}
