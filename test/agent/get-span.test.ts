import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { printed } from '../helpers/waiting.js'

test('getSpan is the span of the running request, or of the request it is given', async (t) => {
  const app = await startApp(t, 'get-span.js')

  const { body } = await app.get('/')

  const answer = JSON.parse(body)
  assert.deepEqual(answer, { traced: true, same: true, response: false, foreign: 0 })
  assert.match(app.stdout, /^outside: undefined 0$/m)
})

test('what an app sets on its span arrives', async (t) => {
  const app = await startApp(t, 'get-span.js')

  await app.get('/')

  const span = await app.span()
  assert.equal(span.operationName, 'renamed')
  assert.equal(span.tags.mine, 'yes')
  assert.deepEqual(span.logs, [{ event: 'noted' }])
})

test('getSpan is there while the response closes, and undefined after', async (t) => {
  const app = await startApp(t, 'get-span.js')

  await app.get('/')

  const [, inside, after] = await printed(app, /^after: (\w+) (\w+ \w+)$/m)
  assert.deepEqual([inside, after], ['true', 'undefined undefined'])
})

test('what runs in the context of another resource, at once, has that context, and layers have their own', async (t) => {
  const app = await startApp(t, 'bound.js')

  const { body } = await app.get('/')

  const inner = { opened: true, outside: true, bound: true, again: true }
  assert.deepEqual(JSON.parse(body), { outside: true, ofRequest: true, restored: true, inner, after: true })
})

test('getSpan is undefined without the agent, and with it switched off', async (t) => {
  for (const options of [{ node: [] }, { env: { TRACE_ENABLED: 'false' } }]) {
    const app = await startApp(t, 'get-span.js', options)

    const { body } = await app.get('/')

    assert.deepEqual(JSON.parse(body), { traced: false, same: true, response: false, foreign: 0 })
    assert.equal(app.stderr, '')
  }
})

for (const traced of [true, false]) {
  test(`an ES module imports getSpan by name ${traced ? 'with' : 'without'} the agent`, async (t) => {
    const app = await startApp(t, 'get-span.mjs', traced ? {} : { node: [] })

    const { body } = await app.get('/')

    assert.deepEqual(JSON.parse(body), { traced, same: true, alike: true })
    if (traced) assert.equal((await app.span()).tags.mine, 'yes')
  })
}

test('requiring the package loads no tracer and patches nothing', async (t) => {
  const app = await startApp(t, 'get-span.js', { node: ['-r', 'tracing'] })

  assert.equal(JSON.parse((await app.get('/')).body).traced, false)
})
