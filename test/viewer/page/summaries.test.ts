import assert from 'node:assert/strict'
import test from 'node:test'
import type { Summary } from '../../../src/viewer/page/model/jaeger.js'
import { countNew, merged, ordered } from '../../../src/viewer/page/model/summaries.js'

test('traces that changed take the place of what they were, new ones theirs by time', () => {
  const before = [summaryOf('c', 30), summaryOf('a', 10)]

  const after = merged(before, [summaryOf('b', 20), summaryOf('a', 10, { spans: 7 })])

  assert.deepEqual(idsOf(after), ['c', 'b', 'a'])
  assert.equal(after[2]?.spans, 7)
})

test('no more than 10,000 are kept, the newest', () => {
  const before = Array.from({ length: 10_000 }, (_, index) => summaryOf(`t${index}`, 10_000 - index))

  const after = merged(before, [summaryOf('new', 20_000)])

  assert.equal(after.length, 10_000)
  assert.equal(after[0]?.traceID, 'new')
  assert.equal(after.at(-1)?.traceID, 't9998')
})

test('each order has the newest first among equals', () => {
  const summaries = [
    summaryOf('a', 1, { duration: 5, errors: 1 }),
    summaryOf('b', 2, { duration: 9, spans: 3 }),
    summaryOf('c', 3, { duration: 5, spans: 3 }),
  ]

  assert.deepEqual(idsOf(ordered(summaries, 'newest')), ['c', 'b', 'a'])
  assert.deepEqual(idsOf(ordered(summaries, 'longest')), ['b', 'c', 'a'])
  assert.deepEqual(idsOf(ordered(summaries, 'spans')), ['c', 'b', 'a'])
  assert.deepEqual(idsOf(ordered(summaries, 'errors')), ['a', 'c', 'b'])
})

test('only traces that were not there before are new', () => {
  const before = [summaryOf('a', 1)]

  assert.equal(countNew(before, [summaryOf('a', 1), summaryOf('b', 2)]), 1)
})

function summaryOf(traceID: string, startTime: number, more: Partial<Summary> = {}): Summary {
  const root = { service: 's', operation: 'o' }
  return { traceID, startTime, duration: 1, root, services: [], spans: 1, errors: 0, ...more }
}

function idsOf(summaries: readonly Summary[]): string[] {
  return summaries.map(({ traceID }) => traceID)
}
