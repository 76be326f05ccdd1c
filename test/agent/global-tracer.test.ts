import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { printed } from '../helpers/waiting.js'

for (const script of ['global-tracer.js', 'global-tracer.mjs']) {
  test(`${script}: TRACE_TRACER=global traces by the tracer that the app sets, from then on`, async (t) => {
    const app = await startApp(t, script, { env: { TRACE_TRACER: 'global' } })

    await app.get('/before')
    await app.get('/init')
    await app.get('/after')

    const [, line = ''] = await printed(app, /^spans: (.*\/after.*)$/m)
    assert.deepEqual(JSON.parse(line), [
      { name: 'GET', url: '/after' },
      { name: 'child by hand', parent: 'GET' },
    ])
    assert.equal(app.stderr, '')
    assert.deepEqual(app.collector.spans, [])
  })

  test(`${script}: a tracer that the app sets itself stays its own`, async (t) => {
    const app = await startApp(t, script)

    await app.get('/init')
    await app.get('/after')

    const [, line = ''] = await printed(app, /^spans: (.*child by hand.*)$/m)
    assert.deepEqual(JSON.parse(line), [{ name: 'child by hand' }])
    assert.deepEqual(
      (await app.spans(2)).map(({ operationName }) => operationName),
      ['GET', 'GET'],
    )
  })
}
