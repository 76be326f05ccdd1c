import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { allSpans } from '../helpers/waiting.js'

const DEBUG = 2

test('TRACE_INCOMING=restart begins a new trace, and keeps the id that came as a tag', async (t) => {
  const app = await startApp(t, 'get-span.js', { env: { TRACE_INCOMING: 'restart' } })

  const answer = await app.get('/', { 'uber-trace-id': 'abcdef:123:0:1', 'uberctx-item': 'theirs' })

  const span = await app.span()
  assert.equal(span.parentId, '0')
  assert.notEqual(span.traceId, 'abcdef')
  assert.match(String(span.tags['incoming.trace_id']), /^0*abcdef$/)
  assert.equal(JSON.parse(answer.body).item, undefined)
})

const TRACE = '5af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'
const ALL = 'jaeger,w3c,b3,b3-single'

const senders: [string, Record<string, string>][] = [
  ['jaeger', { 'uber-trace-id': `${TRACE}:${SPAN}:0:3`, 'uberctx-item': 'theirs', 'jaeger-debug-id': 'x' }],
  ['w3c', { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'a=1', baggage: 'item=theirs' }],
  ['b3', { 'X-B3-TraceId': TRACE, 'X-B3-SpanId': SPAN, 'X-B3-Flags': '1', baggage: 'item=theirs' }],
  ['b3-single', { b3: `${TRACE}-${SPAN}-d`, 'jaeger-baggage': 'item=theirs' }],
]

for (const [format, headers] of senders) {
  test(`TRACE_INCOMING=restart takes nothing from ${format} but the id for the tag`, async (t) => {
    const env = { TRACE_INCOMING: 'restart', TRACE_DEBUG_ID: 'true', TRACE_PROPAGATION: ALL }
    const app = await startApp(t, 'get-span.js', { env })

    const { body } = await app.get('/', headers)

    const { tags, traceId, parentId, flags } = await app.span()
    assert.equal(tags['incoming.trace_id'], TRACE)
    assert.notEqual(traceId, TRACE)
    assert.deepEqual([parentId, flags & DEBUG], ['0', 0])
    assert.equal(tags['jaeger-debug-id'], undefined)
    assert.equal(JSON.parse(body).item, undefined)
  })

  test(`by default ${format} continues the trace, with its baggage, and forces nothing`, async (t) => {
    const app = await startApp(t, 'get-span.js', { env: { TRACE_PROPAGATION: ALL } })

    const { body } = await app.get('/', headers)

    const { tags, traceId, parentId, flags } = await app.span()
    assert.deepEqual([traceId, parentId, flags & DEBUG], [TRACE, SPAN, 0])
    assert.equal(tags['jaeger-debug-id'], undefined)
    assert.equal(JSON.parse(body).item, 'theirs')
  })
}

test('without TRACE_PROPAGATION the headers of Jaeger and of W3C are read, in this order, and B3 is not', async (t) => {
  const app = await startApp(t, 'answers.js')
  const traceparent = `\t 00-${TRACE}-${SPAN}-01 \t`

  await app.get('/w3c', { traceparent })
  await app.get('/both', { traceparent, 'uber-trace-id': 'abc:def:0:1' })
  await app.get('/b3', { b3: `${TRACE}-${SPAN}-1` })

  const [w3c, both, b3] = await allSpans(app, 3)
  assert.deepEqual([w3c?.traceId, w3c?.parentId], [TRACE, SPAN])
  assert.deepEqual([both?.traceId, both?.parentId], ['abc', 'def'])
  assert.equal(b3?.parentId, '0')
})

test('a header that is there twice is none', async (t) => {
  const app = await startApp(t, 'answers.js', { env: { TRACE_PROPAGATION: ALL } })

  await app.get('/w3c', { traceparent: [`00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`] })
  await app.get('/b3', { b3: [`${TRACE}-${SPAN}-1`, `${TRACE}-${SPAN}-1`] })

  for (const { parentId } of await allSpans(app, 2)) assert.equal(parentId, '0')
})

test('TRACE_INCOMING=restart lets no client switch sampling off or on', async (t) => {
  const app = await startApp(t, 'answers.js', { env: { TRACE_INCOMING: 'restart', TRACE_DEBUG_ID: 'true' } })

  await app.get('/off', { 'uber-trace-id': 'abc:def:0:0' })
  await app.get('/debug', { 'uber-trace-id': 'abc:def:0:3' })

  for (const { flags, parentId } of await allSpans(app, 2)) assert.deepEqual([flags & DEBUG, parentId], [0, '0'])
})

test('TRACE_INCOMING=restart leaves requests that bring nothing as they are', async (t) => {
  const app = await startApp(t, 'answers.js', { env: { TRACE_INCOMING: 'restart' } })

  await app.get('/', { 'uber-trace-id': 'not:a:trace' })

  assert.equal((await app.span()).tags['incoming.trace_id'], undefined)
})

test('baggage comes with the trace that is continued', async (t) => {
  const app = await startApp(t, 'get-span.js')

  const { body } = await app.get('/', { 'uber-trace-id': 'abc:def:0:1', 'uberctx-item': 'a%20b' })

  assert.equal(JSON.parse(body).item, 'a b')
})

test('by default no client can force its request to be sampled', async (t) => {
  const app = await startApp(t, 'answers.js', { env: { JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '0' } })

  await app.get('/id', { 'jaeger-debug-id': 'please' })
  await app.get('/flag', { 'uber-trace-id': 'abc:def:0:2' })
  await app.get('/sampled', { 'uber-trace-id': 'abc:def:0:1' })

  const span = await app.span()
  assert.equal(span.tags['http.url'], `http://127.0.0.1:${app.port}/sampled`)
  assert.equal(app.collector.spans.length, 1)
})

test('TRACE_DEBUG_ID=true lets a client force its request to be sampled, by a name or by the flag', async (t) => {
  const env = { TRACE_DEBUG_ID: 'true', JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '0' }
  const app = await startApp(t, 'answers.js', { env })

  await app.get('/neither')
  await app.get('/long', { 'jaeger-debug-id': 'x'.repeat(129) })
  await app.get('/id', { 'jaeger-debug-id': 'please' })
  await app.get('/flag', { 'uber-trace-id': 'abc:def:0:3' })

  const [named, flagged] = await app.spans(2)
  assert.equal(app.collector.spans.length, 2)
  assert.equal(named?.tags['jaeger-debug-id'], 'please')
  assert.equal(Number(named?.flags) & DEBUG, DEBUG)
  assert.deepEqual([flagged?.traceId, flagged?.parentId, Number(flagged?.flags) & DEBUG], ['abc', 'def', DEBUG])
})
