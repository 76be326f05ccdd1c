import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type TestContext } from 'node:test'
import { Inbox, run } from './receivers.js'

const NEVER_UNTIL_ASKED = { JAEGER_SAMPLER_TYPE: 'remote', JAEGER_SAMPLER_PARAM: '0' }
/** Ends as soon as spans are kept. */
const WAIT = `const timer = setInterval(() => {
  if (tracer.startSpan('x').context().isSampled()) { console.log('kept'); clearInterval(timer) }
}, 5)`

test('the Jaeger agent is asked at once which traces to keep, for this service', async (t) => {
  const agent = await startSampling(t, (res) => res.end(keep(1)))

  const { code, stdout } = await run(WAIT, {
    ...NEVER_UNTIL_ASKED,
    JAEGER_SAMPLER_MANAGER_HOST_PORT: `127.0.0.1:${agent.port}`,
  })

  assert.equal(code, 0)
  assert.equal(stdout, 'kept\n')
  assert.equal(await agent.asked.next(), '/sampling?service=shop')
})

test('it is asked again after the refresh interval, at the host, port and path that are set', async (t) => {
  let count = 0
  const agent = await startSampling(t, (res) => res.end(keep(++count < 3 ? 0 : 1)))

  const { stdout } = await run(WAIT, {
    ...NEVER_UNTIL_ASKED,
    JAEGER_SAMPLER_HOST: '127.0.0.1',
    JAEGER_SAMPLER_PORT: String(agent.port),
    JAEGER_SAMPLER_SAMPLING_PATH: '/other',
    JAEGER_SAMPLER_REFRESH_INTERVAL: '20',
  })

  assert.equal(stdout, 'kept\n')
  assert.equal(await agent.asked.next(), '/other?service=shop')
})

test('no question goes through an http.get that somebody has wrapped', async (t) => {
  const agent = await startSampling(t, (res) => res.end(keep(1)))
  const before = `const http = require('node:http')
    for (const name of ['request', 'get']) http[name] = () => { console.log('traced'); throw new Error('traced') }`

  const { stdout } = await run(WAIT, { ...NEVER_UNTIL_ASKED, JAEGER_SAMPLER_PORT: String(agent.port) }, before)

  assert.equal(stdout, 'kept\n')
})

const badAnswers: [string, (res: http.ServerResponse) => void][] = [
  ['nothing', () => {}],
  ['a closed connection', (res) => res.destroy()],
  ['an error', (res) => res.writeHead(500).end(keep(1))],
  ['what is no JSON', (res) => res.end('<html>')],
  ['null', (res) => res.end('null')],
  ['another strategy', (res) => res.end('{"strategyType":"MAGIC"}')],
  ['half a strategy', (res) => res.end('{"operationSampling":{}}')],
  ['a body without end', (res) => pour(res)],
]

test('whatever the agent answers, the app goes on, and ends', async (t) => {
  for (const [name, answer] of badAnswers) {
    const agent = await startSampling(t, answer)

    const { code, stdout, stderr } = await run(
      `setTimeout(() => console.log(tracer.startSpan('x').context().isSampled(), process.memoryUsage().rss < 200e6), 150)`,
      { ...NEVER_UNTIL_ASKED, JAEGER_SAMPLER_PORT: String(agent.port), JAEGER_SAMPLER_REFRESH_INTERVAL: '20' },
    )

    assert.equal(code, 0, name)
    assert.equal(stderr, '', name)
    assert.equal(stdout, 'false true\n', name)
    assert.ok(agent.asked.arrived > 0, name)
  }
})

function keep(samplingRate: number): string {
  return JSON.stringify({ strategyType: 'PROBABILISTIC', probabilisticSampling: { samplingRate } })
}

/** The port of a Jaeger agent that serves sampling strategies. */
async function startSampling(t: TestContext, answer: (res: http.ServerResponse) => void) {
  const asked = new Inbox<string | undefined>()
  const server = http.createServer((req, res) => {
    asked.put(req.url)
    answer(res)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, asked }
}

function pour(res: http.ServerResponse): void {
  const chunk = Buffer.alloc(1_000_000)
  const more = () => {
    while (!res.destroyed && res.write(chunk)) {}
  }
  res.on('drain', more)
  more()
}
