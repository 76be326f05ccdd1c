import assert from 'node:assert/strict'
import Module from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { register, startApp } from '../helpers/app.js'
import { temporaryFolder } from '../helpers/folder.js'
import { allSpans } from '../helpers/waiting.js'

test('a worker thread is traced', async (t) => {
  const app = await startApp(t, 'worker.js')

  await app.get('/in-a-thread')

  const [span] = await allSpans(app, 1)
  assert.equal(span?.operationName, 'GET')
  assert.equal(app.stderr, '')
})

test('a worker thread is traced when NODE_OPTIONS loads the agent', async (t) => {
  const app = await startApp(t, 'worker.js', { node: [], env: { NODE_OPTIONS: `-r ${register}` } })

  await app.get('/in-a-thread')

  await allSpans(app, 1)
})

test('a forked process is traced', async (t) => {
  const app = await startApp(t, 'fork.js')

  await app.get('/in-a-child')

  await allSpans(app, 1)
  assert.equal(app.stderr, '')
})

test('the workers of a cluster are traced on the port that they share, each as a process of its own', async (t) => {
  const app = await startApp(t, 'cluster.js')
  const workers = new Set<string>()

  let count = 0
  while (workers.size < 2) {
    workers.add((await app.get('/shared')).body)
    count++
    assert.ok(count < 1_000, 'one worker gets it all')
  }

  const spans = await app.spans(count)
  const clients = new Set(spans.map(({ processTags }) => processTags['client-uuid']))
  assert.equal(clients.size, 2)
  assert.equal(new Set(spans.map(({ spanId }) => spanId)).size, count)
  assert.equal(app.stderr, '')
})

const canRegister = 'register' in Module
test("Node's own threads for loaders are left alone", { skip: !canRegister }, async (t) => {
  const folder = temporaryFolder(t, {
    'hooks.mjs': 'export const resolve = (specifier, context, next) => next(specifier, context)',
    'loader.mjs': "import { register } from 'node:module'; register('./hooks.mjs', import.meta.url)",
  })
  const node = ['--no-warnings', '--import', join(folder, 'loader.mjs')]
  const env = { NODE_OPTIONS: `-r ${register}`, TRACE_DEBUG: 'true' }
  const app = await startApp(t, 'http.mjs', { node, env })

  await app.get('/')

  await allSpans(app, 1)
  assert.equal(app.stderr.match(/starting on Node/g)?.length, 1, app.stderr)
})
