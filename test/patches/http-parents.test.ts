import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { allSpans } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'

/** What clients send, and the trace, parent and flags that the span then has. */
const parents = {
  'a 64 bit trace': ['b3f21c9e0a7d4411:1f2e3d4c5b6a7988:0:1', 'b3f21c9e0a7d4411', '1f2e3d4c5b6a7988'],
  'a 128 bit trace': ['4bf92f3577b34da6a3ce929d0e0e4736:a1:b2:1', '4bf92f3577b34da6a3ce929d0e0e4736', 'a1'],
  'short ids': ['1:2:3:1', '1', '2'],
  'upper case': ['ABCDEF:FEDCBA:0:1', 'abcdef', 'fedcba'],
  'leading zeros': ['000000000000abcd:0000000000000001:0:01', 'abcd', '1'],
  "colons as Python's client writes them": ['abc%3Adef%3A0%3A1', 'abc', 'def'],
  'percent escapes in lower case': ['abc%3adef%3a0%3a1', 'abc', 'def'],
} as const

/** None of these is a parent. */
const malformed = [
  '',
  ' ',
  ':',
  ':::',
  '0:0:0:0',
  '0:1:0:1',
  '1:0:0:1',
  '1:2:3',
  '1:2:3:1:1',
  'not:a:trace:1',
  '1xyz:2:0:1',
  '-1:2:0:1',
  '1.5:2:0:1',
  '0x12:2:0:1',
  '1:2:0:ffffffffff',
  '1:2:0:80000000',
  '1:2:0:1e400',
  '1:2:0:-1',
  '1:2:0:',
  '%',
  '%ZZ',
  '%E0%A4%A',
  '1%ZZ2:3:0:1',
  '1:2:0:1, 3:4:0:1',
  'undefined',
  '[object Object]',
  '__proto__:2:0:1',
  `${'f'.repeat(33)}:1:0:1`,
  `1:${'f'.repeat(17)}:0:1`,
  'f'.repeat(4_000),
  ':'.repeat(4_000),
  '%3A'.repeat(4_000),
]

test('a request continues the trace that its uber-trace-id names', async (t) => {
  const app = await startApp(t, 'answers.js')
  const names = Object.keys(parents)

  for (const [header] of Object.values(parents)) await app.get('/', { 'uber-trace-id': header })

  const spans = await allSpans(app, names.length)
  for (const [index, [, traceId, parentId]] of Object.values(parents).entries()) {
    const span = spans[index]
    assert.deepEqual([span?.traceId, span?.parentId], [traceId, parentId], names[index])
    assert.notEqual(span?.spanId, parentId)
    assert.equal(Number(span?.flags) & 1, 1)
  }
})

test('a malformed uber-trace-id starts a new trace, and changes nothing of the answer', async (t) => {
  const app = await startApp(t, 'answers.js')
  const expected = await app.get('/')

  for (const header of malformed) {
    const answer = await app.get('/', { 'uber-trace-id': header })
    assert.deepEqual([answer.status, answer.body], [expected.status, expected.body], header)
  }

  const spans = await allSpans(app, malformed.length + 1)
  for (const [index, span] of spans.slice(1).entries()) {
    assert.equal(span.parentId, '0', malformed[index])
    assert.equal(span.tags.error, undefined)
    assert.deepEqual(span.logs, [])
  }
  assert.equal(new Set(spans.map(({ traceId }) => traceId)).size, spans.length)
  assert.equal(app.stderr, '')
})

test('bytes that are no text, a header that comes twice and hostile baggage harm nobody', async (t) => {
  const app = await startApp(t, 'answers.js')
  const hostile = [
    ['uber-trace-id: \xff\xfe\x80'],
    ['uber-trace-id: 1:2:0:1', 'uber-trace-id: 3:4:0:1'],
    [
      'uberctx-a: %ZZ',
      'uberctx-__proto__: x',
      'uberctx-constructor: x',
      'uberctx-: x',
      'jaeger-baggage: =,a,==,__proto__=1',
    ],
    ['jaeger-debug-id: '.padEnd(8_000, 'x')],
    [`uber-trace-id: ${'1'.repeat(12_000)}`],
    Array.from({ length: 400 }, (_, index) => `uberctx-key${index}: value`),
  ]

  for (const headers of hostile) {
    const wire = await Wire.open(t, app.port)
    wire.ask('GET /hostile HTTP/1.1', 'Host: test', 'Connection: close', ...headers)
    assert.match(await wire.closed(), /^HTTP\/1\.1 200 OK[\s\S]*hello$/)
  }

  const spans = await allSpans(app, hostile.length)
  for (const { parentId, flags } of spans) assert.deepEqual([parentId, flags & 2], ['0', 0])
  assert.equal(app.stderr, '')
})

test('a bad baggage entry leaves the good ids beside it', async (t) => {
  const app = await startApp(t, 'answers.js')

  await app.get('/', { 'uber-trace-id': 'abc:def:0:1', 'uberctx-bad': '%ZZ', 'uberctx-good': 'yes' })

  const span = await app.span()
  assert.deepEqual([span.traceId, span.parentId], ['abc', 'def'])
})

test('what the client chose not to sample is not sent', async (t) => {
  const app = await startApp(t, 'answers.js')

  await app.get('/unsampled', { 'uber-trace-id': 'abc:def:0:0' })

  await allSpans(app, 0)
})

test('a request to a server that was started inside a request is no part of that trace', async (t) => {
  const app = await startApp(t, 'servers.js', { env: { TRACE_CLIENT: 'false' } })

  assert.equal((await app.get('/start')).body, 'started')

  const spans = await allSpans(app, 2)
  assert.deepEqual(
    spans.map(({ parentId }) => parentId),
    ['0', '0'],
  )
  assert.notEqual(spans[0]?.traceId, spans[1]?.traceId)
})

test('a request that the app makes to itself is no child of the running one by mere context', async (t) => {
  // Outgoing calls carry the trace by their headers; with those switched off nothing is left that could.
  const app = await startApp(t, 'servers.js', { env: { TRACE_CLIENT: 'false' } })

  assert.equal((await app.get('/ask')).body, 'hello')

  const spans = await allSpans(app, 2)
  assert.deepEqual(
    spans.map(({ parentId }) => parentId),
    ['0', '0'],
  )
})

test('a request that is handed on to another server keeps its one span', async (t) => {
  const app = await startApp(t, 'servers.js')

  const answer = await app.get('/again')

  assert.equal(answer.body, 'inner /again')
  await allSpans(app, 1)
})
