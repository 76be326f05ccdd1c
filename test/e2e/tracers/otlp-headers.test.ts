import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startOtlp, startSink } from './sink.js'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const short = '8448eb211c80319c'
const spanId = 'b7ad6b7169203331'
const all = { TRACE_PROPAGATION: 'jaeger,w3c,b3,b3-single' }

test('otlp writes the headers of every format that is asked for, with the baggage and tracestate that came', async (t) => {
  const sink = await startSink(t)
  const app = await startOtlp(t, 'orders.js', sink, all)
  const incoming = {
    'uber-trace-id': `${traceId}:${spanId}:0:1`,
    'uberctx-plan': 'gold%20',
    traceparent: `00-${traceId}-${spanId}-01`,
    tracestate: 'a=1',
  }

  const { body } = await app.get('/orders/1', incoming)

  const [, call] = await sink.take(3)
  const headers = JSON.parse(body)
  assert.deepEqual(headers['uber-trace-id'], `${traceId}:${call?.spanId}:0:1`)
  assert.deepEqual(headers['uberctx-plan'], 'gold%20')
  assert.deepEqual(headers.traceparent, `00-${traceId}-${call?.spanId}-01`)
  assert.deepEqual([headers.tracestate, headers.baggage], ['a=1', 'plan=gold%20'])
  assert.deepEqual(
    [headers['x-b3-traceid'], headers['x-b3-spanid'], headers['x-b3-sampled']],
    [traceId, call?.spanId, '1'],
  )
  assert.equal(headers.b3, `${traceId}-${call?.spanId}-1`)
})

test('otlp goes on with a trace id of 64 bits as it came', async (t) => {
  const sink = await startSink(t)
  const app = await startOtlp(t, 'orders.js', sink, all)

  const { body } = await app.get('/orders/1', { 'uber-trace-id': `${short}:${spanId}:0:1` })

  const spans = await sink.take(3)
  for (const span of spans) assert.equal(span.traceId, short.padStart(32, '0'))
  const headers = JSON.parse(body)
  assert.match(headers['uber-trace-id'], new RegExp(`^${short}:`))
  assert.match(headers.b3, new RegExp(`^${short}-`))
})

const decisions: readonly [
  what: string,
  headers: Record<string, string>,
  options: Record<string, string>,
  kept: boolean,
][] = [
  ['nothing', {}, {}, true],
  ['that it is not kept', { 'uber-trace-id': `${traceId}:${spanId}:0:0` }, {}, false],
  [
    'that it is kept',
    { 'uber-trace-id': `${traceId}:${spanId}:0:1` },
    { OTEL_TRACES_SAMPLER: 'parentbased_always_off' },
    true,
  ],
  ['nothing, where the sampler keeps nothing', {}, { OTEL_TRACES_SAMPLER: 'always_off' }, false],
  [
    'nothing, where the sampler keeps none',
    {},
    { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
    false,
  ],
  ['ids without a decision', { b3: `${traceId}-${spanId}` }, all, true],
  [
    'ids without a decision, where the sampler keeps nothing',
    { b3: `${traceId}-${spanId}` },
    { ...all, OTEL_TRACES_SAMPLER: 'parentbased_always_off' },
    false,
  ],
  ['no more than that nothing is kept', { b3: '0' }, all, false],
  ['no more than that it is kept', { b3: '1' }, { ...all, OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, true],
  ['baggage alone', { 'uberctx-plan': 'gold' }, {}, true],
  ['a debug id that nobody may set', { 'jaeger-debug-id': 'x' }, { OTEL_TRACES_SAMPLER: 'always_off' }, false],
  ['a debug id', { 'jaeger-debug-id': 'x' }, { OTEL_TRACES_SAMPLER: 'always_off', TRACE_DEBUG_ID: 'true' }, true],
  [
    'a debug flag',
    { 'uber-trace-id': `${traceId}:${spanId}:0:3` },
    { OTEL_TRACES_SAMPLER: 'always_off', TRACE_DEBUG_ID: 'true' },
    true,
  ],
  [
    'a debug flag in B3',
    { b3: `${traceId}-${spanId}-d` },
    { ...all, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0', TRACE_DEBUG_ID: 'true' },
    true,
  ],
]
for (const [what, headers, options, kept] of decisions) {
  test(`a trace of which the sender says ${what} is ${kept ? 'kept' : 'not kept'} by otlp, here and further on`, async (t) => {
    const sink = await startSink(t)
    const app = await startOtlp(t, 'orders.js', sink, options)

    const { body } = await app.get('/orders/1', headers)

    const sent = JSON.parse(body)
    const flags = Number.parseInt(sent['uber-trace-id'].split(':')[3], 16)
    assert.equal(flags & 1, kept ? 1 : 0)
    assert.match(sent.traceparent, kept ? /-01$/ : /-00$/)
    const debugs = what.startsWith('a debug') && kept
    assert.equal((flags & 2) !== 0, debugs)
    if (JSON.stringify(headers).includes(spanId)) assert.ok(sent.traceparent.includes(traceId))
    else assert.equal(sent.traceparent.includes('0'.repeat(32)), false)
    assert.equal(sent['uberctx-plan'], headers['uberctx-plan'])

    if (kept) {
      const [request, call, stock] = await sink.take(3)
      assert.deepEqual([call?.parentSpanId, stock?.parentSpanId], [request?.spanId, call?.spanId])
      assert.equal(request?.attributes['jaeger-debug-id'], debugs && 'jaeger-debug-id' in headers ? 'x' : undefined)
    }
    await app.stop()
    assert.equal(sink.spans.length, kept ? 3 : 0)
  })
}

test('a request that is not traced is transparent with otlp too', async (t) => {
  const sink = await startSink(t)
  const app = await startOtlp(t, 'orders.js', sink, { ...all, TRACE_EXCLUDE: '/orders/*' })

  const { body } = await app.get('/orders/1', { b3: `${traceId}-${spanId}`, 'uberctx-plan': 'gold' })

  const headers = JSON.parse(body)
  assert.deepEqual([headers.b3, headers['uberctx-plan']], [`${traceId}-${spanId}`, 'gold'])
  assert.equal(headers.traceparent, undefined)
  const [stock] = await sink.take(1)
  assert.equal(stock?.parentSpanId, spanId)
})

test('TRACE_INCOMING=restart keeps the id that came in a tag, where one came', async (t) => {
  const sink = await startSink(t)
  const app = await startOtlp(t, 'http.js', sink, { TRACE_INCOMING: 'restart' })

  await app.get('/', { 'uber-trace-id': `${traceId}:${spanId}:0:1` })
  await app.get('/', { 'uberctx-plan': 'gold' })

  const [first, second] = await sink.take(2)
  assert.equal(first?.attributes['incoming.trace_id'], traceId)
  assert.equal(second?.attributes['incoming.trace_id'], undefined)
})
