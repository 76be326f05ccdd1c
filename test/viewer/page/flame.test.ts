import assert from 'node:assert/strict'
import test from 'node:test'
import { layOutFlame } from '../../../src/viewer/page/model/flame.js'
import { endOf } from '../../../src/viewer/page/model/span.js'
import { readTrace } from '../../../src/viewer/page/model/trace.js'
import { type Brief, traceOf } from './spans.js'
import { largeTrace } from './traces/odd.js'

test('children one after the other share the row below their parent', () => {
  const rows = rowsOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'first', under: 'root', at: 0, for: 50 },
    { id: 'second', under: 'root', at: 50, for: 50 },
    { id: 'leaf', under: 'second', at: 60, for: 10 },
  ])

  assert.deepEqual(rows, { root: 0, first: 1, second: 1, leaf: 2 })
})

test('of two that overlap, the later one stands below all that belongs to the first', () => {
  const rows = rowsOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'first', under: 'root', at: 0, for: 60 },
    { id: 'leaf', under: 'first', at: 10, for: 10 },
    { id: 'second', under: 'root', at: 30, for: 60 },
  ])

  assert.deepEqual(rows, { root: 0, first: 1, leaf: 2, second: 3 })
})

test('a place that is free for the whole of a family is used again', () => {
  const rows = rowsOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'first', under: 'root', at: 0, for: 40 },
    { id: 'beside', under: 'root', at: 10, for: 20 },
    { id: 'later', under: 'root', at: 50, for: 40 },
    { id: 'leaf', under: 'later', at: 55, for: 10 },
  ])

  assert.deepEqual(rows, { root: 0, first: 1, beside: 2, later: 1, leaf: 2 })
})

test('no two spans of a large trace overlap in a row, and every child is below its parent', () => {
  const trace = readTrace(largeTrace(0, 5_000))
  const { rowOf, rows } = layOutFlame(trace.spans, trace.roots)

  const takenUntil = new Map<number | undefined, number>()
  for (const span of [...trace.spans].sort((one, other) => one.start - other.start)) {
    const row = rowOf.get(span)
    assert.ok((takenUntil.get(row) ?? 0) <= span.start, `row ${row} is taken at ${span.start}`)
    takenUntil.set(row, endOf(span))
  }
  for (const span of trace.spans) if (span.parent) assert.ok((rowOf.get(span) ?? 0) > (rowOf.get(span.parent) ?? 0))
  assert.ok(rows < 1_000)
})

function rowsOf(briefs: readonly Brief[]): Record<string, number> {
  const { spans, roots } = traceOf(briefs)
  return Object.fromEntries([...layOutFlame(spans, roots).rowOf].map(([{ key }, row]) => [key, row]))
}
