import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../helpers/app.js'
import { Fleet, type Peer, testFleet } from './fleet.js'

const flask: Peer = {
  name: 'Flask',
  command: [join(root, '.cache', 'flask', 'bin', 'python'), 'service.py'],
  folder: 'flask',
  environment: ({ compactPort }) => ({ SERVICE_NAME: 'theirs', JAEGER_COMPACT_PORT: String(compactPort) }),
  spans: ['theirs server'],
}

testFleet(flask)

test("a caller's baggage goes through Flask and the app on to Flask", async (t) => {
  const fleet = await Fleet.start(t, flask)
  const headers = { 'uber-trace-id': '5f0c:7e11:0:1', 'uberctx-tenant': 'Z%C3%BCrich%201' }
  const hops = [
    ['theirs', 'fetch'],
    ['ours', 'fetch'],
    ['theirs', 'end'],
  ] as const

  const baggage = await fleet.call(hops, headers)

  assert.deepEqual(JSON.parse(baggage), { tenant: 'Zürich 1' })
})
