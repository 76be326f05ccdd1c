import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'

test('an error in an event of a request reaches the domain that the app has put it in', async (t) => {
  const app = await startApp(t, 'domain.js')

  const answer = await app.send('POST', '/', {}, 'body')

  assert.deepEqual([answer.status, answer.body], [500, 'caught: in the body'])
  assert.equal((await app.span()).tags['http.status_code'], 500)
})

test('an app that replaces the emit of all emitters sees the events of its servers and requests', async (t) => {
  const app = await startApp(t, 'fakes.js')
  await app.get('/first')

  const { body } = await app.get('/second')

  for (const event of ['Server listening', 'Server request', 'IncomingMessage end', 'ServerResponse finish']) {
    assert.match(body, new RegExp(event))
  }
})

test("an app's fake clocks and timers do not reach its spans", async (t) => {
  const began = Date.now() * 1_000
  const app = await startApp(t, 'fakes.js')

  await app.get('/')

  const { startTime, duration } = await app.span()
  assert.ok(startTime >= began - 1_000_000 && startTime <= Date.now() * 1_000 + 1_000_000)
  assert.ok(duration > 0)
})
