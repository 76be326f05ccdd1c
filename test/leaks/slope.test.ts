import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slopeOf } from './slope.js'

const hours = Array.from({ length: 100 }, (_, index) => index / 100)

test('a trend under noise lies between its bounds', () => {
  const random = lots()

  const slope = slopeOf(
    hours.map((x) => ({ x, y: 1_000 + 50 * x + 10 * random() })),
    random,
  )

  assert.ok(slope.low > 0 && slope.low < 50 && slope.high > 50, JSON.stringify(slope))
  assert.ok(slope.high - slope.low < 20, JSON.stringify(slope))
})

test('what only goes up and down, with some outliers, has no trend', () => {
  const random = lots()

  const slope = slopeOf(
    hours.map((x, index) => ({ x, y: 10 * Math.sin(index) + 5 * random() + (index % 20 === 19 ? 1_000 : 0) })),
    random,
  )

  assert.ok(slope.low < 0 && slope.high > 0, JSON.stringify(slope))
  assert.ok(Math.abs(slope.estimate) < 5, JSON.stringify(slope))
})

/** Numbers from 0 to 1 that look random, and are the same each time. */
function lots(): () => number {
  let state = 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
