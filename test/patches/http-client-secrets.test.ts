import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'

const count = 20

test('no secret of a call is in any byte that is sent to the collector, or in any line of a log', async (t) => {
  const bytes: Buffer[] = []
  const agent = createSocket('udp4').bind(0, '127.0.0.1')
  t.after(() => agent.close())
  await once(agent, 'listening')
  agent.on('message', (datagram) => bytes.push(datagram))
  const canaries = Array.from({ length: count }, (_, at) => `canary${at}x${at.toString(36)}`)
  const env = { JAEGER_AGENT_PORT: String(agent.address().port), TRACE_DEBUG: 'true', CANARIES: canaries.join() }
  const app = await startApp(t, 'client-secrets.js', { env })

  const { body } = await app.get('/ask')

  const spans = () => Buffer.concat(bytes).toString('latin1').split('span.kind').length - 1
  while (spans() < Number(body) * 2 + 1) await once(agent, 'message', { signal: AbortSignal.timeout(10_000) })
  const ended = await app.stop()
  const sent = Buffer.concat(bytes).toString('latin1')
  assert.match(sent, /http:\/\/127\.0\.0\.1:\d+\/(login|upload)/)
  for (const canary of canaries) {
    assert.ok(!sent.includes(canary), `${canary} was sent`)
    assert.ok(!ended.stderr.includes(canary), `${canary} was logged`)
    assert.ok(ended.stdout.includes(canary), `${canary} was planted`)
  }
})
