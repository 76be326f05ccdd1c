import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type App, runScript, startApp } from '../helpers/app.js'

/** No span is sent but by the end of the process. */
const SLOW = { JAEGER_REPORTER_FLUSH_INTERVAL: '60000' }

test('an app that has nothing more to do ends as without the agent, and its spans arrive', async (t) => {
  const ended = await runScript(t, 'once.js', { env: SLOW })
  const plain = await runScript(t, 'once.js', { node: [] })

  assert.deepEqual([ended.code, ended.signal, ended.stdout, ended.stderr], [0, null, plain.stdout, ''])
  await ended.collector.take(1)
})

test('an app that is asked to end by its own client leaves its exit code', async (t) => {
  const app = await startApp(t, 'exit.js', { env: SLOW })

  await app.get('/code')

  assert.deepEqual(await outcome(app), [4, null])
  await app.span()
})

/** Where an app can end itself, and the status that the last span has. */
const exits: [path: string, status: number | undefined][] = [
  ['/close', 200],
  ['/callback', 200],
  ['/handler', undefined],
]
for (const [path, status] of exits) {
  test(`process.exit() in the middle of a request keeps its code, and the last span arrives (${path})`, async (t) => {
    const app = await startApp(t, 'exit.js', { env: SLOW })

    await app.get('/first')
    await app.get(path).catch(() => {})

    assert.deepEqual(await outcome(app), [3, null])
    const [, last] = await app.spans(2)
    assert.equal(last?.tags['http.url'], `http://127.0.0.1:${app.port}${path}`)
    assert.equal(last?.tags['http.status_code'], status)
  })
}

test('a crash sends the spans before it, and its own', async (t) => {
  const app = await startApp(t, 'throws.js', { env: SLOW })

  await app.get('/first')
  await app.get('/timer').catch(() => {})

  assert.deepEqual(await outcome(app), [1, null])
  const [, last] = await app.spans(2)
  assert.equal(last?.tags.error, true)
})

test('a process that never served ends as it would', async (t) => {
  const code = "process.exitCode = 5; require('node:http').createServer().listen(0, function () { this.close() })"

  const ended = await runScript(t, '', { args: ['-e', code] })

  assert.deepEqual([ended.code, ended.signal, ended.stdout, ended.stderr], [5, null, '', ''])
})

test("the app's own beforeExit and exit listeners run as often as without the agent", async (t) => {
  const code = `
    let more = 2
    process.on('beforeExit', () => { console.log('before'); if (more-- > 0) setTimeout(() => {}, 1) })
    process.on('exit', (code) => console.log('exit', code))
    const http = require('node:http')
    const server = http.createServer((_req, res) => res.end()).listen(0, () => {
      http.get({ port: server.address().port, agent: false }, (res) => res.resume().on('end', () => server.close()))
    })
  `

  const ended = await runScript(t, '', { args: ['-e', code], env: SLOW })

  assert.equal(ended.stdout.replace(/^(before\n)+/, ''), 'exit 0\n')
  assert.ok((ended.stdout.match(/before/g)?.length ?? 0) >= 3)
  await ended.collector.take(1)
})

async function outcome(app: App): Promise<unknown[]> {
  const { code, signal } = await app.ended()
  return [code, signal]
}
