import assert from 'node:assert/strict'
import test from 'node:test'
import { readTrace } from '../../../src/viewer/page/model/trace.js'
import { jsonOf, outline, spanIn, traceOf } from './spans.js'

test('spans stand below their parents, by their start, in whatever order they came', () => {
  const trace = traceOf([
    { id: 'late', under: 'root', at: 50, for: 10 },
    { id: 'leaf', under: 'early', at: 12, for: 5 },
    { id: 'root', at: 0, for: 100 },
    { id: 'early', under: 'root', at: 10, for: 20 },
  ])

  assert.deepEqual(outline(trace), ['root', '  early', '    leaf', '  late'])
  assert.equal(spanIn(trace, 'root').descendants, 3)
  assert.equal(trace.levels, 3)
})

test('of two spans that start together the longer one comes first', () => {
  const trace = traceOf([
    { id: 'short', at: 0, for: 10 },
    { id: 'long', at: 0, for: 20 },
  ])

  assert.deepEqual(outline(trace), ['long', 'short'])
})

test('a span whose parent is missing is a root that says so', () => {
  const trace = traceOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'orphan', under: 'gone', at: 10, for: 20 },
    { id: 'child', under: 'orphan', at: 12, for: 5 },
  ])

  assert.deepEqual(outline(trace), ['root', 'orphan', '  child'])
  assert.deepEqual(spanIn(trace, 'orphan').warnings, ['Its parent is not in the trace.'])
})

test('a parent of another trace is none of this one', () => {
  const json = jsonOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'linked', at: 10, for: 20 },
  ])
  const reference = { refType: 'FOLLOWS_FROM' as const, traceID: 'another', spanID: 'root' }
  const spans = json.spans.map((span) => (span.spanID === 'linked' ? { ...span, references: [reference] } : span))

  const trace = readTrace({ ...json, spans })

  assert.deepEqual(outline(trace), ['root', 'linked'])
  assert.deepEqual(spanIn(trace, 'linked').warnings, [])
})

test('being a child counts for more than following', () => {
  const trace = traceOf([
    { id: 'one', at: 0, for: 50 },
    { id: 'two', at: 0, for: 40 },
    { id: 'both', under: 'two', follows: 'one', at: 10, for: 5 },
  ])

  assert.equal(spanIn(trace, 'both').parent?.key, 'two')
})

test('a circle of parents is opened where it is met first, and keeps all its spans', () => {
  const trace = traceOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'a', under: 'c', at: 1, for: 10 },
    { id: 'b', under: 'a', at: 2, for: 10 },
    { id: 'c', under: 'b', at: 3, for: 10 },
    { id: 'own', under: 'own', at: 4, for: 10 },
  ])

  assert.equal(trace.spans.length, 5)
  const opened = trace.spans.filter(({ warnings }) => warnings.includes('Its parents lead back to itself.'))
  assert.equal(opened.length, 2)
})

test('what hangs on a circle is kept, and is not where the circle is opened', () => {
  const trace = traceOf([
    { id: 'leaf', under: 'a', at: 5, for: 1 },
    { id: 'a', under: 'b', at: 1, for: 10 },
    { id: 'b', under: 'a', at: 2, for: 10 },
  ])

  assert.equal(spanIn(trace, 'leaf').parent?.key, 'a')
  assert.equal(trace.spans.length, 3)
})

test('a span that was sent twice is there once', () => {
  const trace = traceOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'twice', under: 'root', at: 10, for: 5 },
    { id: 'twice', under: 'root', at: 10, for: 5 },
  ])

  assert.deepEqual(outline(trace), ['root', '  twice'])
})

test('different spans of one id are told apart, and say so', () => {
  const trace = traceOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'same', under: 'root', operation: 'one', at: 10, for: 5 },
    { id: 'same', under: 'root', operation: 'two', at: 20, for: 5 },
    { id: 'same', under: 'root', operation: 'three', at: 30, for: 5 },
    { id: 'child', under: 'same', at: 11, for: 2 },
  ])

  assert.deepEqual(outline(trace), ['root', '  same', '    child', '  same-2', '  same-3'])
  assert.deepEqual(spanIn(trace, 'same-2').warnings, ['Another span of this trace has the same id.'])
})

for (const order of ['client first', 'server first']) {
  test(`a server that shares its client's id stands below it, with the children: ${order}`, () => {
    const pair = [
      { id: 'shared', under: 'root', service: 'shop', at: 10, for: 50, tags: { 'span.kind': 'client' } },
      { id: 'shared', under: 'root', service: 'stock', at: 20, for: 30, tags: { 'span.kind': 'server' } },
    ]
    const trace = traceOf([
      { id: 'root', service: 'shop', at: 0, for: 100 },
      ...(order === 'client first' ? pair : pair.reverse()),
      { id: 'query', under: 'shared', service: 'stock', at: 22, for: 3 },
    ])

    const line = trace.spans.map(({ service, kind, depth }) => `${depth} ${service} ${kind}`.trim())
    assert.deepEqual(line, ['0 shop', '1 shop client', '2 stock server', '3 stock'])
    assert.deepEqual(
      trace.spans.flatMap(({ warnings }) => warnings),
      [],
    )
  })
}

test('a chain of 20,000 spans is as good as any other', () => {
  const chain = Array.from({ length: 20_000 }, (_, index) => ({
    id: `s${index}`,
    ...(index === 0 ? {} : { under: `s${index - 1}` }),
    at: index,
    for: 40_000 - 2 * index,
  }))

  const trace = traceOf(chain.reverse())

  assert.equal(trace.levels, 20_000)
  assert.equal(spanIn(trace, 's0').descendants, 19_999)
})

test('a trace without spans, and spans without anything, are shown as far as they go', () => {
  const bare = { traceID: '1', spanID: '2', operationName: '', startTime: 0, duration: -5, processID: 'p9' }

  const empty = readTrace({ traceID: '1', spans: [], processes: {} })
  const trace = readTrace({
    traceID: '1',
    spans: [{ ...bare, tags: null, logs: null, references: null }],
    processes: {},
  })

  assert.deepEqual([empty.start, empty.duration, empty.levels], [0, 0, 0])
  assert.equal(trace.spans[0]?.service, '')
  assert.equal(trace.duration, 0)
})
