import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { App, root } from '../helpers/app.js'
import { Collector } from '../helpers/collector.js'
import { startViewer } from '../viewer/viewer.js'

test('the viewer reads the compact Thrift of jaeger-client for Python', async (t) => {
  const viewer = await startViewer(t)
  const child = spawn(join(root, '.cache', 'flask', 'bin', 'python'), ['service.py'], {
    cwd: join(root, 'test', 'e2e', 'flask'),
    env: { ...process.env, SERVICE_NAME: 'theirs', JAEGER_COMPACT_PORT: String(viewer.compactPort) },
  })
  t.after(() => child.kill('SIGKILL'))
  const app = new App(child, new Collector(0))
  await app.listening()

  await app.get('/end', { 'uber-trace-id': '5f0c:7e11:0:1' })
  await viewer.until(({ received }) => received === 1)

  const [trace] = await viewer.data<{ spans: { references: unknown; tags: { key: string }[] }[] }>('/api/traces/5f0c')
  const traceID = '0000000000005f0c'
  assert.deepEqual(trace?.spans[0]?.references, [{ refType: 'CHILD_OF', traceID, spanID: '0000000000007e11' }])
  assert.ok(trace?.spans[0]?.tags.some(({ key }) => key === 'http.method'))
  assert.deepEqual(await viewer.data('/api/services'), ['theirs'])
  assert.equal((await viewer.counts()).malformed, 0)
})
