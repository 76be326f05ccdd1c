import assert from 'node:assert/strict'
import { test } from 'node:test'
import { register, startApp, world } from '../helpers/app.js'

const node = ['-r', world('clocks'), '-r', register]
const hour = 3_600_000

for (const change of [hour, -hour, 1, -1]) {
  test(`a span lasts as long as it does while the clock of the wall is set by ${change} ms`, async (t) => {
    const app = await startApp(t, 'faults.js', { node })

    await app.get(`/within-span/setWall/${change}`)

    for (const { operationName, duration } of await app.spans(2))
      assert.ok(duration > 0 && duration < 500_000, `${operationName}: ${duration}`)
  })

  test(`a span that begins after the clock of the wall was set by ${change} ms begins then`, async (t) => {
    const app = await startApp(t, 'faults.js', { node })
    const before = Date.now()

    await app.get(`/world/setWall/${change}`)
    await app.get('/users/1')

    const span = await app.span(({ operationName }) => operationName === 'GET /users/:id')
    const [earliest, latest] = [before + change, Date.now() + change]
    assert.ok(span.startTime > (earliest - 5) * 1_000 && span.startTime < (latest + 5) * 1_000)
  })
}

test('a clock that is set back keeps no trace from being kept', async (t) => {
  const env = { JAEGER_SAMPLER_TYPE: 'ratelimiting', JAEGER_SAMPLER_PARAM: '1000' }
  const app = await startApp(t, 'faults.js', { node, env })

  await app.get(`/world/setWall/${-hour}`)
  await app.get('/users/1')
  await app.get('/users/1')

  await app.span(({ operationName }) => operationName === 'GET /users/:id')
})
