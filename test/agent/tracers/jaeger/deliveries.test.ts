import assert from 'node:assert/strict'
import test from 'node:test'
import { freePort } from '../../../helpers/ports.js'
import { run, startAgent, startCollector } from './receivers.js'

/** Finishes a span, and has a way to tell what the backend knows of it. */
const TOLD = `const tell = () => console.log(JSON.stringify(backend.deliveries()))
  tracer.startSpan('x').finish()`

test('of spans in packets, the backend tells where they went', async (t) => {
  const agent = await startAgent(t)

  const told = await deliveries('backend.flush(1000, tell)', {
    JAEGER_AGENT_HOST: 'localhost',
    JAEGER_AGENT_PORT: String(agent.port),
  })

  const to = `localhost:${agent.port} (UDP)`
  assert.deepEqual(told, { to, outcome: 'sent', reason: '', sent: 1, lost: 0, waiting: 0 })
})

test('of packets that nobody wants, the backend tells that', async () => {
  const port = await freePort()
  const refused = `const wait = () => backend.deliveries()[0].outcome === 'lost' ? tell() : setTimeout(wait, 5)`

  const told = await deliveries(`${refused}; backend.flush(1000, wait)`, {
    JAEGER_AGENT_HOST: '127.0.0.1',
    JAEGER_AGENT_PORT: String(port),
  })

  const reason = 'nobody listens there (ECONNREFUSED)'
  assert.deepEqual(told, { to: `127.0.0.1:${port} (UDP)`, outcome: 'lost', reason, sent: 0, lost: 1, waiting: 0 })
})

test('of a host without an address, the backend tells that', async () => {
  const before = `require('node:dns').lookup = (name, options, answer) =>
    setImmediate(answer, Object.assign(new Error(name), { code: 'ENOTFOUND' }))`

  const told = await deliveries('backend.flush(1000, tell)', { JAEGER_AGENT_HOST: 'nowhere.example' }, before)

  assert.equal(told.outcome, 'lost')
  assert.equal(told.to, 'nowhere.example:6832 (UDP)')
  assert.equal(told.reason, 'the host is not found (ENOTFOUND)')
})

test('an IPv6 address stands in brackets before its port', async () => {
  const told = await deliveries('tell()', { JAEGER_AGENT_HOST: '::1' })

  assert.equal(told.to, '[::1]:6832 (UDP)')
})

test('before anything is sent, the backend tells of no outcome', async () => {
  const told = await deliveries('tell()', {})

  assert.deepEqual(told, { to: '127.0.0.1:6832 (UDP)', reason: '', sent: 0, lost: 0, waiting: 1 })
})

for (const [status, outcome, sent, lost, waiting] of [
  [202, 'accepted', 1, 0, 0],
  [401, 'lost', 0, 1, 0],
  [500, 'lost', 0, 1, 0],
  [503, 'lost', 0, 0, 1],
] as const) {
  test(`of a collector that answers ${status}, the backend tells that, without credentials`, async (t) => {
    const collector = await startCollector(t, (res) => res.writeHead(status).end())

    const told = await deliveries('backend.flush(1000, tell)', {
      JAEGER_ENDPOINT: `${collector.url.replace('//', '//ann:secret@')}?key=secret`,
    })

    const to = `${collector.url}/api/traces`
    assert.deepEqual(told, { to, outcome, reason: `it answers ${status}`, sent, lost, waiting })
  })
}

test('of a collector that is not there, the backend tells that', async () => {
  const port = await freePort()

  const told = await deliveries('backend.flush(1000, tell)', { JAEGER_ENDPOINT: `http://127.0.0.1:${port}` })

  const to = `http://127.0.0.1:${port}/api/traces`
  const reason = 'nobody listens there (ECONNREFUSED)'
  assert.deepEqual(told, { to, outcome: 'lost', reason, sent: 0, lost: 0, waiting: 1 })
})

async function deliveries(script: string, environment: Record<string, string>, before = '') {
  const { stdout, stderr } = await run(`${TOLD}; ${script}`, environment, before)
  const lines = stdout.trimEnd().split('\n')
  assert.equal(lines.length, 1, stderr)
  return JSON.parse(String(lines[0]))[0]
}
