import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { register, startApp, world } from '../helpers/app.js'
import { temporaryFolder } from '../helpers/folder.js'

const hour = 3_600_000

test('a trouble that lasts is said once a minute, whatever the clock of the wall is set to meanwhile', async (t) => {
  const source = `module.exports = { startSpan() { throw new Error('out of order') }, extract() {}, inject() {} }`
  const env = { TRACE_TRACER: join(temporaryFolder(t, { 'tracer.js': source }), 'tracer.js') }
  const app = await startApp(t, 'faults.js', { env, node: ['-r', world('clocks'), '-r', register] })
  const line = 'tracing: the tracer failed in startSpan(): out of order\n'

  for (const change of [hour, -3 * hour, 2 * hour]) await app.get(`/world/setWall/${change}`)
  await app.get('/world/pass/61000')
  await app.get('/users/1')
  await app.get(`/world/setWall/${-5 * hour}`)
  await app.get('/world/pass/61000')
  const ended = await app.stop()

  assert.equal(ended.stderr, line.repeat(2))
})
