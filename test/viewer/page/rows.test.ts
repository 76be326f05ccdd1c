import assert from 'node:assert/strict'
import test from 'node:test'
import { operationShares } from '../../../src/viewer/page/model/operations.js'
import { matchingSpans, openedFor, visibleRows } from '../../../src/viewer/page/model/rows.js'
import { selfTime } from '../../../src/viewer/page/model/span.js'
import { spanIn, traceOf } from './spans.js'

const trace = traceOf([
  { id: 'root', at: 0, for: 100 },
  { id: 'a', under: 'root', at: 0, for: 40 },
  { id: 'a1', under: 'a', at: 0, for: 10, operation: 'query', tags: { 'db.statement': 'SELECT Kettle' } },
  { id: 'a2', under: 'a', at: 20, for: 10, operation: 'query', tags: { error: true } },
  { id: 'b', under: 'root', at: 30, for: 30 },
])

test('what is below a closed span is not seen', () => {
  assert.deepEqual(keysOf(visibleRows(trace.spans, new Set())), ['root', 'a', 'a1', 'a2', 'b'])
  assert.deepEqual(keysOf(visibleRows(trace.spans, new Set(['a']))), ['root', 'a', 'b'])
  assert.deepEqual(keysOf(visibleRows(trace.spans, new Set(['a', 'root', 'no such']))), ['root'])
})

test('to see a span, those above it are opened, and no others', () => {
  const closed = new Set(['root', 'a', 'b'])

  assert.deepEqual([...openedFor(spanIn(trace, 'a1'), closed)], ['b'])
  assert.equal(openedFor(spanIn(trace, 'root'), closed), closed)
})

test('spans are found by operation, tag or id, in any case', () => {
  const found = (text: string) => keysOf([...matchingSpans(trace.spans, text)])

  assert.deepEqual(found('QUERY'), ['a1', 'a2'])
  assert.deepEqual(found('kettle'), ['a1'])
  assert.deepEqual(found('error=true'), ['a2'])
  assert.deepEqual(found(' a2 '), ['a2'])
  assert.deepEqual(found('  '), [])
})

test('the time of its own is what no child covers, however children overlap', () => {
  assert.equal(selfTime(spanIn(trace, 'root')), 40)
  assert.equal(selfTime(spanIn(trace, 'a')), 20)
  assert.equal(selfTime(spanIn(trace, 'b')), 30)
})

test('operations are summed up, first where most time went', () => {
  const [first, ...rest] = operationShares(trace.spans)

  assert.deepEqual(first, {
    service: 'app',
    operation: 'root',
    count: 1,
    errors: 0,
    total: 100,
    self: 40,
    longest: 100,
  })
  const query = rest.find(({ operation }) => operation === 'query')
  assert.deepEqual([query?.count, query?.errors, query?.total, query?.longest], [2, 1, 20, 10])
})

function keysOf(spans: readonly { key: string }[]): string[] {
  return spans.map(({ key }) => key)
}
