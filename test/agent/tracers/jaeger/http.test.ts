import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import test from 'node:test'
import { freePort } from '../../../helpers/ports.js'
import { MEMORY, run, startCollector } from './receivers.js'

const SPAN = `tracer.startSpan('x').finish();`
const LOST = /; spans lost so far: \d+\n$/

test('spans are posted as a batch, at the natural end of the process too', async (t) => {
  const collector = await startCollector(t)

  const { code, stderr } = await run(`${SPAN.repeat(3)} backend.flush(1000, () => {})`, {
    JAEGER_ENDPOINT: `${collector.url}/some/path?token=1`,
    JAEGER_USER: 'ann',
    JAEGER_PASSWORD: 'pässword',
  })
  const { url, headers, batch } = await collector.posts.next()

  assert.equal(code, 0)
  assert.equal(stderr, '')
  assert.equal(url, '/some/path?token=1')
  assert.equal(headers['content-type'], 'application/x-thrift')
  assert.equal(headers.authorization, `Basic ${Buffer.from('ann:pässword').toString('base64')}`)
  assert.equal(batch.process.serviceName, 'shop')
  assert.equal(batch.spans.length, 3)
})

test('credentials in the URL are used, and a URL without a path means /api/traces', async (t) => {
  const collector = await startCollector(t)

  await run(`${SPAN} backend.flush(1000, () => {})`, {
    JAEGER_ENDPOINT: collector.url.replace('//', '//ann:s%3Acret@'),
  })
  const { url, headers } = await collector.posts.next()

  assert.equal(url, '/api/traces')
  assert.equal(headers.authorization, `Basic ${Buffer.from('ann:s:cret').toString('base64')}`)
})

test('many spans need one connection, one request at a time', async (t) => {
  const collector = await startCollector(t)
  const count = 1_000

  await run(
    `for (let count = 0; count < ${count}; count++) tracer.startSpan('x', { tags: { a: 'b'.repeat(500) } }).finish()
    backend.flush(10000, () => {})`,
    { JAEGER_ENDPOINT: collector.url },
  )

  let arrived = 0
  while (arrived < count) arrived += (await collector.posts.next()).batch.spans.length
  assert.equal(arrived, count)
  assert.equal(collector.sockets.size, 1)
})

test('a collector that is not there is said once, without credentials, and the app runs', async () => {
  const port = await freePort()

  const { code, stderr } = await run(`${SPAN} backend.flush(1000, () => { ${SPAN} backend.flush(1000, () => {}) })`, {
    JAEGER_ENDPOINT: `http://ann:secret@127.0.0.1:${port}/x?token=1`,
  })

  assert.equal(code, 0)
  assert.equal(
    stderr,
    `tracing: no Jaeger collector listens on http://127.0.0.1:${port}/x; spans lost so far: 0. ` +
      'To see traces without one: TRACE_TRACER=console, or npx tracing view\n',
  )
})

test('where a collector is not there and the queue is full, that is one line', async () => {
  const { stderr } = await run(
    `let turns = 10
    function serve() { ${`for (let count = 0; count < 500; count++) ${SPAN}`}; if (--turns > 0) setTimeout(serve, 20) }
    serve()`,
    { JAEGER_ENDPOINT: `http://127.0.0.1:${await freePort()}` },
  )

  assert.equal(stderr.split('\n').length, 2, stderr)
})

test('spans that wait keep no more memory than they need, whatever the app does with its own', async () => {
  const { stdout } = await run(
    `${MEMORY}
    for (let count = 0; count < 2000; count++) { ${SPAN} Buffer.from('x'.repeat(Buffer.poolSize / 2 - 1)) }
    console.log(memory() < 4e6)`,
    { JAEGER_ENDPOINT: `http://127.0.0.1:${await freePort()}` },
  )

  assert.equal(stdout, 'true\n')
})

for (const status of [400, 401, 404, 301]) {
  test(`what a collector answers with ${status} is lost, and said`, async (t) => {
    const collector = await startCollector(t, (res) => res.writeHead(status, { location: '/elsewhere' }).end())

    const { stderr } = await run(`${SPAN} backend.flush(1000, () => {})`, { JAEGER_ENDPOINT: collector.url })

    assert.equal(collector.posts.arrived, 1)
    assert.equal(
      stderr,
      `tracing: spans cannot be sent to ${collector.url}/api/traces: it answers ${status}; spans lost so far: 1\n`,
    )
  })
}

for (const status of [429, 500, 503]) {
  test(`what a collector answers with ${status} is sent once more`, async (t) => {
    const collector = await startCollector(t, (res, count) => res.writeHead(count === 1 ? status : 202).end())

    await run(`${SPAN} backend.flush(5000, () => {})`, { JAEGER_ENDPOINT: collector.url })

    const [first, second] = [await collector.posts.next(), await collector.posts.next()]
    assert.deepEqual(first.batch, second.batch)
    assert.equal(collector.posts.arrived, 0)
  })
}

for (const status of [429, 503]) {
  test(`what a collector answers with ${status} waits until it answers otherwise`, async (t) => {
    const collector = await startCollector(t, (res, count) => res.writeHead(count < 6 ? status : 202).end())

    const { stdout } = await run(
      `${SPAN} setTimeout(() => console.log(JSON.stringify(backend.deliveries()[0])), 1000)`,
      { JAEGER_ENDPOINT: collector.url, JAEGER_REPORTER_FLUSH_INTERVAL: '20' },
    )

    assert.equal(collector.posts.arrived, 6)
    assert.deepEqual([JSON.parse(stdout).sent, JSON.parse(stdout).lost], [1, 0])
  })
}

test('the spans of a collector that is away wait, as many as there is room for, and flow when it is back', async (t) => {
  const port = await freePort()
  const app = run(
    `const back = setInterval(() => {
      if (backend.deliveries()[0].sent > 0) { clearInterval(back); backend.flush(5000, () => tell()) }
    }, 5)
    const tell = () => console.log(JSON.stringify(backend.deliveries()[0]))
    for (let count = 0; count < 3000; count++) ${SPAN}
    setTimeout(() => process.kill(process.ppid, 'SIGWINCH'), 500)`,
    { JAEGER_ENDPOINT: `http://127.0.0.1:${port}`, JAEGER_REPORTER_FLUSH_INTERVAL: '20' },
  )
  await once(process, 'SIGWINCH')
  const collector = await startCollector(t, undefined, port)

  const { stdout } = await app

  const { sent, lost } = JSON.parse(stdout)
  let arrived = 0
  while (collector.posts.arrived > 0) arrived += (await collector.posts.next()).batch.spans.length
  assert.deepEqual([sent, sent + lost], [arrived, 3_000])
  assert.ok(sent >= 2_048)
})

test('where a collector takes no more than so much at once, the next batches are smaller', async (t) => {
  const most = 20_000
  const collector = await startCollector(t, (res, _count, length) => res.writeHead(length > most ? 413 : 202).end())

  const { stdout } = await run(
    `for (let count = 0; count < 2000; count++) tracer.startSpan('x', { tags: { a: 'b'.repeat(100) } }).finish()
    const wait = setInterval(() => {
      const [{ sent, lost }] = backend.deliveries()
      if (sent + lost === 2000) { clearInterval(wait); console.log(sent) }
    }, 5)`,
    { JAEGER_ENDPOINT: collector.url, JAEGER_REPORTER_FLUSH_INTERVAL: '20' },
  )

  assert.ok(Number(stdout) > 1_200, `${stdout} sent`)
})

test('what does not arrive is sent once more without a flush, after a pause', async (t) => {
  const collector = await startCollector(t, (res, count) => (count === 1 ? res.destroy() : res.writeHead(202).end()))

  await run(`${SPAN} setTimeout(() => {}, 500)`, {
    JAEGER_ENDPOINT: collector.url,
    JAEGER_REPORTER_FLUSH_INTERVAL: '10',
  })

  assert.deepEqual((await collector.posts.next()).batch, (await collector.posts.next()).batch)
})

test('J7: of a collector that never answers one socket is open, and none after the deadline', async (t) => {
  const collector = await startCollector(t, () => {})

  const { code, stderr, stdout } = await run(
    `const timer = setInterval(() => { ${SPAN} }, 5)
    const sockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length
    let most = 0
    const watch = setInterval(() => { most = Math.max(most, sockets()) }, 5)
    setTimeout(() => { clearInterval(timer); clearInterval(watch); console.log(most) }, 1000)`,
    { JAEGER_ENDPOINT: collector.url, JAEGER_REPORTER_TIMEOUT: '100', JAEGER_REPORTER_FLUSH_INTERVAL: '10' },
  )

  assert.equal(code, 0)
  assert.ok(Number(stdout) <= 1)
  assert.match(stderr, /^tracing: spans cannot be sent to [^\n]*: no answer within 100 ms;/)
  assert.match(stderr, LOST)
})

test('what a collector answers while the app blocks the event loop is read, not taken for late', async (t) => {
  const collector = await startCollector(t)

  const { stderr } = await run(
    `const block = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500)
    ${SPAN} backend.flush(5000, () => { ${SPAN} backend.flush(5000, () => {}); setImmediate(block) }); block()`,
    { JAEGER_ENDPOINT: collector.url, JAEGER_REPORTER_TIMEOUT: '200' },
  )

  assert.equal(stderr, '')
  assert.equal(collector.posts.arrived, 2)
})

test('a name that is being looked up is not looked up again, and its answer is used', async (t) => {
  const collector = await startCollector(t)
  const before = `const dns = require('node:dns'); let lookUps = 0
    dns.lookup = (name, options, answer) => { lookUps++; setTimeout(() => {
      options.all ? answer(null, [{ address: '127.0.0.1', family: 4 }]) : answer(null, '127.0.0.1', 4)
    }, 1500) }`

  const { stdout } = await run(
    `${SPAN} setTimeout(() => backend.flush(5000, () => console.log(lookUps)), 1400)`,
    {
      JAEGER_ENDPOINT: `http://jaeger.example:${collector.port}`,
      JAEGER_REPORTER_FLUSH_INTERVAL: '1',
    },
    before,
  )

  assert.equal(stdout, '1\n')
  assert.equal(collector.posts.arrived, 1)
})

test('a collector that never answers does not hold the process', async (t) => {
  const collector = await startCollector(t, () => {})

  const { code, milliseconds } = await run(`${SPAN} setTimeout(() => {}, 100)`, {
    JAEGER_ENDPOINT: collector.url,
    JAEGER_REPORTER_FLUSH_INTERVAL: '1',
    JAEGER_REPORTER_TIMEOUT: '15000',
  })

  assert.equal(code, 0)
  assert.equal(collector.posts.arrived, 1)
  assert.ok(milliseconds < 5_000)
})

test('a collector that never answers holds an exit no longer than the flush may take', async (t) => {
  const collector = await startCollector(t, () => {})

  const { code, stdout } = await run(
    `const started = performance.now(); let calls = 0
    ${SPAN} backend.flush(200, () => calls++)
    process.on('exit', () => console.log(calls, performance.now() - started < 1000))`,
    { JAEGER_ENDPOINT: collector.url },
  )

  assert.equal(code, 0)
  assert.equal(stdout, '1 true\n')
})

const badCollectors: [string, (socket: net.Socket) => void, string?][] = [
  ['hangs up at once', (socket) => socket.destroy()],
  ['resets the connection', (socket) => socket.once('data', () => socket.resetAndDestroy())],
  ['talks nonsense', (socket) => socket.end('SSH-2.0-x\r\n')],
  ['sends a byte at a time', (socket) => drip(socket)],
  // The bound ends it, not the deadline.
  ['sends without end', (socket) => flood(socket), '60000'],
  [
    'sends headers without end',
    (socket) => socket.once('data', () => socket.write(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(1e5)}`)),
  ],
  [
    'switches protocols',
    (socket) => socket.once('data', () => socket.write('HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')),
  ],
]

for (const [name, behave, timeout = '200'] of badCollectors) {
  test(`a collector that ${name} leaves the app alone`, async (t) => {
    const server = net.createServer((socket) => behave(socket.on('error', () => {}).resume()))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const { port } = server.address() as AddressInfo

    const { code, stdout, milliseconds } = await run(
      `${SPAN} backend.flush(5000, () => { ${SPAN} backend.flush(5000, () => console.log(process.memoryUsage().rss < 200e6)) })`,
      { JAEGER_ENDPOINT: `http://127.0.0.1:${port}`, JAEGER_REPORTER_TIMEOUT: timeout },
    )

    assert.equal(code, 0)
    assert.equal(stdout, 'true\n')
    assert.ok(milliseconds < 5_000)
  })
}

const linux = { skip: process.platform !== 'linux' && 'only Linux leaves a full backlog unanswered' }

test('a connection that is never made holds the process a second, not minutes', linux, async (t) => {
  const deaf = spawn(process.execPath, [
    '-e',
    `require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
      require('node:fs').writeSync(1, String(this.address().port))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
    })`,
  ])
  const [port] = await once(deaf.stdout, 'data')
  const fillers = Array.from({ length: 4 }, () => net.connect(Number(port), '127.0.0.1').on('error', () => {}))
  await Promise.all(fillers.slice(0, 2).map((socket) => once(socket, 'connect')))
  t.after(() => {
    for (const socket of fillers) socket.destroy()
    deaf.kill('SIGKILL')
  })

  const { code, stderr, milliseconds } = await run(`${SPAN} setTimeout(() => {}, 50)`, {
    JAEGER_ENDPOINT: `http://127.0.0.1:${port}`,
    JAEGER_REPORTER_FLUSH_INTERVAL: '1',
  })
  const flushed = await run(`${SPAN} backend.flush(100, () => {})`, { JAEGER_ENDPOINT: `http://127.0.0.1:${port}` })

  assert.equal(code, 0)
  assert.match(stderr, /^tracing: spans cannot be sent to [^\n]*: no connection within 1000 ms;/)
  assert.ok(milliseconds < 3_000)
  assert.ok(flushed.milliseconds < 1_000)
})

test('no exchange goes through an http.request that somebody has wrapped', async (t) => {
  const collector = await startCollector(t)
  const before = `const http = require('node:http')
    for (const name of ['request', 'get']) http[name] = () => { console.log('traced'); throw new Error('traced') }`

  const { stdout } = await run(`${SPAN} backend.flush(1000, () => {})`, { JAEGER_ENDPOINT: collector.url }, before)

  assert.equal((await collector.posts.next()).batch.spans.length, 1)
  assert.equal(stdout, '')
})

test('a request of the app is not kept by the connection that its span made', async (t) => {
  const collector = await startCollector(t)

  const { stdout } = await run(
    `const { AsyncLocalStorage, executionAsyncResource } = require('node:async_hooks')
    const storage = new AsyncLocalStorage(), seen = new Set()
    const emit = require('node:net').Socket.prototype.emit
    require('node:net').Socket.prototype.emit = function (...args) { seen.add(storage.getStore()); return Reflect.apply(emit, this, args) }
    storage.run('request', () => { ${SPAN} backend.flush(1000, () => console.log([...seen])) })`,
    { JAEGER_ENDPOINT: collector.url },
  )

  assert.equal(stdout, '[ undefined ]\n')
})

function drip(socket: net.Socket): void {
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n')
  const timer = setInterval(() => socket.write('x'), 10)
  socket.on('close', () => clearInterval(timer))
}

function flood(socket: net.Socket): void {
  const chunk = Buffer.alloc(1_000_000)
  socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n')
  const pour = () => {
    while (!socket.destroyed && socket.write(chunk)) {}
  }
  socket.on('drain', pour)
  pour()
}
