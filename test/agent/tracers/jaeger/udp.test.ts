import assert from 'node:assert/strict'
import test from 'node:test'
import { freePort } from '../../../helpers/ports.js'
import { decodePacket } from './decoders.js'
import { MEMORY, run, startAgent } from './receivers.js'

const SPAN = `tracer.startSpan('x').finish();`

test('a span right before process.exit() arrives', async (t) => {
  const agent = await startAgent(t)

  const { code } = await run(`process.on('exit', () => backend.flushNow()); ${SPAN} process.exit(3)`, {
    JAEGER_AGENT_PORT: String(agent.port),
  })

  assert.equal(code, 3)
  assert.equal((await agent.batch()).spans.length, 1)
})

test('spans that finish together travel together, after the flush interval', async (t) => {
  const agent = await startAgent(t)

  await run(`${SPAN.repeat(10)} setTimeout(() => {}, 500)`, {
    JAEGER_AGENT_PORT: String(agent.port),
    JAEGER_REPORTER_FLUSH_INTERVAL: '20',
  })

  assert.equal((await agent.batch()).spans.length, 10)
})

test('no packet has more than 65,000 bytes, and a full one does not wait', async (t) => {
  const agent = await startAgent(t)
  // As much as the system keeps for a receiver that is slow to wake up.
  const count = 110

  await run(
    `for (let count = 0; count < ${count}; count++) tracer.startSpan('x', { tags: { a: 'b'.repeat(1000) } }).finish()
    backend.flushNow()`,
    { JAEGER_AGENT_PORT: String(agent.port), JAEGER_REPORTER_FLUSH_INTERVAL: '100000' },
  )

  let arrived = 0
  while (arrived < count) {
    const packet = await agent.packets.next()
    assert.ok(packet.length <= 65_000)
    assert.ok(packet.length > 60_000 || arrived > count - 60)
    arrived += decodePacket(packet).spans.length
  }
  assert.equal(arrived, count)
})

test('an agent that is not there is said once, with two ways to see the traces, and the app runs', async () => {
  const port = await freePort()

  const { code, stderr } = await run(
    `const timer = setInterval(() => { ${SPAN} backend.flushNow() }, 5); setTimeout(() => clearInterval(timer), 300)`,
    { JAEGER_AGENT_PORT: String(port) },
  )

  assert.equal(code, 0)
  assert.equal(
    stderr,
    `tracing: no Jaeger agent listens on 127.0.0.1:${port} (UDP); spans lost so far: 1. ` +
      'To see traces without one: TRACE_TRACER=console, or npx tracing view\n',
  )
})

/** Prints what is known of the spans when the process is over. */
const TELL = `process.on('exit', () => { backend.flushNow(); console.log(JSON.stringify(backend.deliveries()[0])) });`

test('what an absent agent refuses is counted, to the last packet of the process', async () => {
  const packets = 20

  const { stdout } = await run(
    `${TELL} let count = ${packets}
    const timer = setInterval(() => { ${SPAN} if (--count > 0) backend.flushNow(); else clearInterval(timer) }, 5)`,
    { JAEGER_AGENT_PORT: String(await freePort()), JAEGER_REPORTER_FLUSH_INTERVAL: '60000' },
  )

  const { sent, lost } = JSON.parse(stdout)
  assert.deepEqual([sent, lost], [0, packets])
})

test('a burst of spans is held neither by packets on their way nor by a system that takes no more', async () => {
  for (const before of [
    '',
    `require('node:dgram').Socket.prototype.send = (message) => kept.push(message); const kept = []`,
  ]) {
    const { stdout } = await run(
      `${MEMORY}
      for (let count = 0; count < 200000; count++) tracer.startSpan('x', { tags: { a: 'b'.repeat(500) } }).finish()
      console.log(memory() < 8e6)`,
      { JAEGER_AGENT_PORT: String(await freePort()) },
      before,
    )

    assert.equal(stdout, 'true\n', before)
  }
})

test('what has waited for an address leaves packet by packet, so that the agent can read them', async (t) => {
  const agent = await startAgent(t)
  const before = `const dns = require('node:dns'), { Socket } = require('node:dgram'), { send } = Socket.prototype
    dns.lookup = (name, options, answer) => setTimeout(answer, 50, null, [{ address: '127.0.0.1', family: 4 }])
    const times = []
    Socket.prototype.send = function (...args) {
      times.push(performance.now())
      return Reflect.apply(send, this, args)
    }`

  const { stdout } = await run(
    `for (let count = 0; count < 2000; count++) tracer.startSpan('x', { tags: { a: 'b'.repeat(500) } }).finish()
    const wait = setInterval(() => {
      if (backend.deliveries()[0].sent < 2000) return
      clearInterval(wait)
      const pauses = times.slice(1).map((time, index) => time - times[index])
      console.log(pauses.length, Math.min(...pauses.slice(0, -1)))
    }, 5)`,
    // What leaves, leaves without a flush, and without another span.
    { JAEGER_AGENT_HOST: 'late.example', JAEGER_AGENT_PORT: String(agent.port), JAEGER_REPORTER_FLUSH_INTERVAL: '60' },
    before,
  )

  const [pauses, shortest] = stdout.split(' ').map(Number)
  assert.ok(Number(pauses) > 10 && Number(shortest) > 3, stdout)
})

test('where packets of full size are too large, the next ones are smaller, down to what passes', async (t) => {
  const agent = await startAgent(t)
  const longest = 9_216

  const { stdout } = await run(
    `${TELL} const send = dgram.Socket.prototype.send
    dgram.Socket.prototype.send = function (message, done) {
      if (message.length <= ${longest}) return Reflect.apply(send, this, [message, done])
      process.nextTick(done, Object.assign(new Error('x'), { code: 'EMSGSIZE' }))
    }
    let turns = 20
    function serve() { ${`for (let count = 0; count < 200; count++) ${SPAN}`}; if (--turns > 0) setTimeout(serve, 5) }
    serve()`,
    { JAEGER_AGENT_PORT: String(agent.port), JAEGER_REPORTER_FLUSH_INTERVAL: '1' },
    `const dgram = require('node:dgram')`,
  )

  const { sent, lost } = JSON.parse(stdout)
  let arrived = 0
  while (agent.packets.arrived > 0) arrived += (await agent.batch()).spans.length
  assert.deepEqual([sent, sent + lost], [arrived, 4_000])
  assert.ok(lost < 1_500, `${lost} lost`)
})

test('a packet that cannot be sent costs its own spans alone', async (t) => {
  const agent = await startAgent(t)

  await run(
    `const send = dgram.Socket.prototype.send; let count = 0
    dgram.Socket.prototype.send = function (...args) {
      if (++count > 2) return Reflect.apply(send, this, args)
      process.nextTick(args.at(-1), Object.assign(new Error('x'), { code: count === 1 ? 'ENETUNREACH' : 'EMSGSIZE' }))
    }
    function again(count) { ${SPAN} backend.flushNow(); if (count > 0) setImmediate(again, count - 1) }
    again(3)`,
    { JAEGER_AGENT_PORT: String(agent.port) },
    `const dgram = require('node:dgram')`,
  )

  assert.equal((await agent.batch()).spans.length, 1)
})

test('no error of a socket reaches the app', async () => {
  const codes = ['EPERM', 'ENOBUFS', 'EMSGSIZE', 'EINVAL', 'ENETUNREACH', 'ECONNREFUSED']
  const broken = [
    `dgram.Socket.prototype.send = () => { throw error }`,
    `dgram.Socket.prototype.send = (message, done) => process.nextTick(done, error)`,
    `dgram.Socket.prototype.connect = function () { process.nextTick(() => this.emit('error', error)) }`,
    `dgram.Socket.prototype.connect = () => { throw error }`,
    `dgram.createSocket = () => { throw error }`,
  ]
  for (const [index, breaking] of [...broken, ...codes.slice(broken.length)].entries()) {
    const before = `const dgram = require('node:dgram'), error = Object.assign(new Error('x'), { code: '${codes[index]}' });`
    const { code, stderr } = await run(
      `${SPAN} backend.flushNow(); setTimeout(() => { ${SPAN} backend.flush(50, () => {}) }, 10)`,
      {},
      before + (breaking.startsWith('dgram') ? breaking : broken[0]),
    )

    assert.equal(code, 0)
    assert.match(stderr, /^tracing: [^\n]*127\.0\.0\.1:6832 \(UDP\)[^\n]*\n$/, breaking)
  }
})

test('a host without an address is said, spans wait for it, and nobody asks again at once', async () => {
  const before = `const dns = require('node:dns'); let lookUps = 0
    dns.lookup = (name, options, answer) => { lookUps++; setImmediate(answer, Object.assign(new Error('x'), { code: 'ENOTFOUND' })) }`

  const { code, stdout, stderr } = await run(
    `${SPAN} backend.flush(1000, () => { ${SPAN} backend.flush(1000, () => console.log(lookUps)) })`,
    { JAEGER_AGENT_HOST: 'nowhere.example' },
    before,
  )

  assert.equal(code, 0)
  assert.equal(stdout, '1\n')
  assert.equal(
    stderr,
    `tracing: the Jaeger agent's host "nowhere.example" is not found (ENOTFOUND); spans lost so far: 0\n`,
  )
})

test('a host that has no address yet is asked for at every flush, and gets what has waited', async (t) => {
  const agent = await startAgent(t)
  const before = `const dns = require('node:dns'); let lookUps = 0
    dns.lookup = (name, options, answer) => ++lookUps < 4
      ? setImmediate(answer, Object.assign(new Error('x'), { code: 'ENOTFOUND' }))
      : setImmediate(answer, null, [{ address: '127.0.0.1', family: 4 }])`

  await run(
    `${SPAN} setTimeout(() => {}, 1000)`,
    {
      JAEGER_AGENT_HOST: 'late.example',
      JAEGER_AGENT_PORT: String(agent.port),
      JAEGER_REPORTER_FLUSH_INTERVAL: '20',
    },
    before,
  )

  assert.equal((await agent.batch()).spans.length, 1)
})

test('flush ends in time where a look-up does not', async () => {
  const before = `require('node:dns').lookup = () => {}`

  const { code, stdout } = await run(
    `let ended = 0; ${SPAN} backend.flush(50, () => console.log(++ended))`,
    { JAEGER_AGENT_HOST: 'slow.example' },
    before,
  )

  assert.equal(code, 0)
  assert.equal(stdout, '1\n')
})

test('after an error, the host is looked up again where 30 seconds have passed, and the new address is used', async (t) => {
  const agent = await startAgent(t)
  const before = `const dns = require('node:dns'), addresses = ['127.0.0.9', '127.0.0.1']
    dns.lookup = (name, options, answer) => setImmediate(answer, null, [{ address: addresses.shift(), family: 4 }])
    const now = performance.now.bind(performance); let ahead = 0
    Object.defineProperty(performance, 'now', { value: () => now() + ahead })`

  await run(
    `backend.flush(1000, () => { ${SPAN} backend.flushNow(); ahead = 31000; again() })
    function again() {
      if (addresses.length > 0) { ${SPAN} backend.flushNow(); setTimeout(again, 5) }
      else setTimeout(() => { ${SPAN} backend.flushNow() }, 50)
    }
    ${SPAN}`,
    { JAEGER_AGENT_HOST: 'moving.example', JAEGER_AGENT_PORT: String(agent.port) },
    before,
  )

  assert.ok((await agent.batch()).spans.length > 0)
})
