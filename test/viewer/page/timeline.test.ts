import assert from 'node:assert/strict'
import test from 'node:test'
import { decades, extentOf, heightOf, nearest, pointOf } from '../../../src/viewer/page/model/scatter.js'
import { timeTicks } from '../../../src/viewer/page/model/time-ticks.js'
import { ticks, viewBetween } from '../../../src/viewer/page/model/timeline.js'

test('lines are drawn at round times, no more than asked for', () => {
  assert.deepEqual(ticks({ from: 0, to: 116_000 }, 7), [0, 20_000, 40_000, 60_000, 80_000, 100_000])
  assert.deepEqual(ticks({ from: 103, to: 107 }, 5), [103, 104, 105, 106, 107])
  assert.deepEqual(ticks({ from: 5, to: 5 }, 5), [5])
})

test('a dragged range becomes a view, within the trace and never empty', () => {
  const view = { from: 100, to: 200 }

  assert.deepEqual(viewBetween(0.25, 0.5, view, 1_000), { from: 125, to: 150 })
  assert.deepEqual(viewBetween(0.5, 0.25, view, 1_000), { from: 125, to: 150 })
  assert.deepEqual(viewBetween(0.5, 0.5, view, 1_000), { from: 150, to: 151 })
  assert.deepEqual(viewBetween(-5, 50, view, 150), { from: 0, to: 150 })
})

test('times of day are round in the time zone', () => {
  const hour = 3_600_000_000

  const { times, unit } = timeTicks(0, 24 * hour, 5, 90)

  assert.deepEqual(
    times.map((time) => time / hour),
    [1.5, 7.5, 13.5, 19.5],
  )
  assert.equal(unit, 'second')
  assert.equal(timeTicks(0, 400_000, 4, 0).unit, 'millisecond')
  assert.equal(timeTicks(0, 60 * 24 * hour, 5, 0).unit, 'day')
})

test('the scatter holds all its points, and finds the one nearest to a place', () => {
  const [early, late] = [summaryOf('early', 1_000, 100), summaryOf('late', 2_000, 100_000)]
  const extent = extentOf([early, late])
  const size = { width: 100, height: 50, reach: 5 }

  const { x, y } = pointOf(late, extent)

  assert.equal(x, 1)
  assert.ok(y < 1 && heightOf(100, extent) > 0)
  assert.deepEqual(decades(extent), [100, 1_000, 10_000, 100_000])
  assert.equal(nearest([early, late], extent, { x: 98, y: (1 - y) * 50, ...size })?.traceID, 'late')
  assert.equal(nearest([early, late], extent, { x: 50, y: 25, ...size }), undefined)
})

test('one trace stands in the middle, none makes no fuss', () => {
  const { x, y } = pointOf(summaryOf('one', 5, 0), extentOf([summaryOf('one', 5, 0)]))

  assert.equal(x, 0.5)
  assert.ok(y > 0.2 && y < 0.8)
  assert.ok(extentOf([]).to > extentOf([]).from)
})

function summaryOf(traceID: string, startTime: number, duration: number) {
  return { traceID, startTime, duration, root: { service: '', operation: '' }, services: [], spans: 1, errors: 0 }
}
