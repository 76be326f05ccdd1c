import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type App, startApp } from '../helpers/app.js'
import { printed } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'

/** No span is sent but by the end of the process. */
const SLOW = { JAEGER_REPORTER_FLUSH_INTERVAL: '60000' }
const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

for (const signal of signals) {
  test(`${signal} ends an app as without the agent`, async (t) => {
    const outcomes = await Promise.all(
      [undefined, { node: [] }].map(async (options) => {
        const app = await startApp(t, 'signals.js', options)
        await app.get('/')
        return app.stop(signal)
      }),
    )

    const [traced, plain] = outcomes.map(({ code, signal, stderr }) => ({ code, signal, stderr }))
    assert.deepEqual(traced, plain)
    assert.equal(traced?.signal, signal)
  })

  test(`an app that listens to ${signal} itself ends as without the agent, and its spans arrive`, async (t) => {
    const env = { ADD: 'on', SIGNAL: signal }
    const traced = await startApp(t, 'signals.js', { env: { ...SLOW, ...env } })
    const plain = await startApp(t, 'signals.js', { env, node: [] })

    await traced.get('/')
    const outcomes = [await traced.stop(signal), await plain.stop(signal)]

    for (const outcome of outcomes) {
      assert.deepEqual([outcome.code, outcome.signal, outcome.stderr], [7, null, ''])
      assert.match(outcome.stdout, /closing\n$/)
    }
    await traced.span()
  })

  test(`TRACE_FLUSH_SIGNALS=${signal} sends the last spans, and then the app dies of the signal`, async (t) => {
    const app = await startApp(t, 'signals.js', { env: { ...SLOW, TRACE_FLUSH_SIGNALS: signal } })

    await app.get('/last')
    const ended = await app.stop(signal)

    assert.deepEqual([ended.code, ended.signal, ended.stderr], [null, signal, ''])
    await app.span()
  })
}

for (const add of ['on', 'once', 'prependListener', 'prependOnceListener']) {
  test(`TRACE_FLUSH_SIGNALS leaves the end to an app that listens itself with ${add}`, async (t) => {
    const env = { ...SLOW, TRACE_FLUSH_SIGNALS: 'SIGTERM', TRACE_FLUSH_TIMEOUT: '1', ADD: add, SIGNAL: 'SIGTERM' }
    const app = await startApp(t, 'signals.js', { env })

    await assertGraceful(t, app)
  })
}

test('a signal that TRACE_FLUSH_SIGNALS does not name ends the app at once', async (t) => {
  const app = await startApp(t, 'signals.js', { env: { TRACE_FLUSH_SIGNALS: 'SIGUSR2' } })

  await app.get('/')

  assert.equal((await app.stop('SIGTERM')).signal, 'SIGTERM')
})

test('a signal before the first server listens ends the app at once', async (t) => {
  const app = await startApp(t, 'signals.js', { env: { TRACE_FLUSH_SIGNALS: 'SIGTERM,SIGINT' } })

  assert.equal((await app.stop('SIGINT')).signal, 'SIGINT')
})

/** The app gets the time to answer what is open, however soon the last spans are gone. */
async function assertGraceful(t: TestContext, app: App): Promise<void> {
  const wire = await Wire.open(t, app.port)
  wire.ask('GET /first HTTP/1.1', 'Host: test')
  await wire.heard(/hello/)
  wire.ask('GET /open HTTP/1.1', 'Host: test')
  await printed(app, /\/open/)
  app.child.kill('SIGTERM')
  await printed(app, /closing/)
  await app.span()
  for (const step of 'abcdefghij') {
    wire.ask(`GET /step-${step} HTTP/1.1`, 'Host: test')
    await printed(app, new RegExp(`step-${step}`))
  }
  wire.ask('GET /finish HTTP/1.1', 'Host: test')
  const ended = await app.ended()

  assert.deepEqual([ended.code, ended.signal, ended.stderr], [7, null, ''])
  assert.equal(ended.stdout.match(/closing/g)?.length, 1)
}
