import assert from 'node:assert/strict'
import test from 'node:test'
import { spanIn, traceOf } from './spans.js'

const late = [
  { id: 'call', service: 'shop', at: 100_000, for: 50_000 },
  { id: 'answer', under: 'call', service: 'stock', at: 20_000, for: 30_000 },
  { id: 'query', under: 'answer', service: 'stock', at: 25_000, for: 10_000 },
]

test('a span of another process that starts before its parent is told, and shown as it was sent', () => {
  const trace = traceOf(late)

  assert.equal(trace.skewed, 2)
  assert.equal(spanIn(trace, 'answer').skew, 90_000)
  assert.equal(spanIn(trace, 'answer').start, 1_020_000)
})

test('aligned, it lies in the middle of its parent, with all of its process below it', () => {
  const trace = traceOf(late, 'aligned')

  assert.equal(spanIn(trace, 'answer').start, 1_110_000)
  assert.equal(spanIn(trace, 'query').start, 1_115_000)
  assert.equal(trace.start, 1_100_000)
  assert.equal(trace.duration, 50_000)
})

test('one that is longer than its parent is moved to its start', () => {
  const trace = traceOf(
    [
      { id: 'call', service: 'shop', at: 10_000, for: 20_000 },
      { id: 'answer', under: 'call', service: 'stock', at: 0, for: 30_000 },
    ],
    'aligned',
  )

  assert.equal(spanIn(trace, 'answer').start, spanIn(trace, 'call').start)
})

test('a third process is measured by where its parent is moved to', () => {
  const trace = traceOf(
    [
      { id: 'call', service: 'shop', at: 100_000, for: 50_000 },
      { id: 'answer', under: 'call', service: 'stock', at: 20_000, for: 30_000 },
      { id: 'back', under: 'answer', service: 'shop', at: 115_000, for: 10_000 },
    ],
    'aligned',
  )

  assert.equal(spanIn(trace, 'back').shift, 0)
  assert.equal(spanIn(trace, 'back').start, 1_115_000)
})

for (const [what, child] of [
  ['ends after its parent', { service: 'stock', at: 10_000, for: 90_000 }],
  ['starts less than a millisecond early', { service: 'stock', at: -900, for: 10_000 }],
  ['starts early in the same process', { service: 'shop', at: -40_000, for: 10_000 }],
] as const) {
  test(`a span that ${what} has no clock to blame`, () => {
    const trace = traceOf([
      { id: 'call', service: 'shop', at: 0, for: 50_000 },
      { id: 'child', under: 'call', ...child },
    ])

    assert.equal(trace.skewed, 0)
  })
}
