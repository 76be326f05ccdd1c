import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OtlpSpan, startGrpcSink, startOtlp, startSink } from './sink.js'

const path: Record<string, string> = {
  'http/protobuf': '/v1/traces',
  'http/json': '/v1/traces',
  grpc: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
}
for (const protocol of ['http/protobuf', 'http/json', 'grpc']) {
  for (const compression of ['none', 'gzip']) {
    test(`otlp sends a request, its call and its error by ${protocol}, compressed: ${compression}`, async (t) => {
      const sink = await (protocol === 'grpc' ? startGrpcSink(t) : startSink(t))
      const app = await startOtlp(t, 'orders.js', sink, {
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: compression,
        OTEL_EXPORTER_OTLP_HEADERS: 'Api-Key=a%20b,x=1',
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x=2',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=test,service.name=other',
      })

      const parent = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', tracestate: 'a=1,b=2' }
      await app.get('/orders/7', parent)
      await app.get('/broken')

      const [order, call, stock, broken] = await sink.take(4)
      assert.ok(order && call && stock && broken)
      assert.deepEqual(
        [order, call, stock, broken].map(({ name, kind, status }) => [name, kind, status.code]),
        [
          ['GET /orders/:id', 2, 0],
          ['GET', 3, 0],
          ['GET /stock/:product', 2, 0],
          ['GET /broken', 2, 2],
        ],
      )
      assert.deepEqual(
        [order.traceId, order.parentSpanId, order.traceState],
        ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', 'a=1,b=2'],
      )
      assert.deepEqual([call.traceId, call.parentSpanId], [order.traceId, order.spanId])
      assert.deepEqual([stock.traceId, stock.parentSpanId], [order.traceId, call.spanId])
      assert.deepEqual([broken.parentSpanId, broken.traceId === order.traceId], ['', false])
      assert.deepEqual(order.attributes, {
        'http.method': 'GET',
        'http.url': `http://127.0.0.1:${app.port}/orders/7`,
        'http.route': '/orders/:id',
        'http.status_code': 200,
        component: 'express',
      })
      assertFailed(broken)
      assertTimes([order, call, stock])

      assert.equal(order.resource['service.name'], 'shop')
      assert.equal(order.resource['deployment.environment'], 'test')
      assert.equal(order.resource['telemetry.sdk.language'], 'nodejs')
      const [request] = sink.requests
      assert.equal(request?.path, path[protocol])
      assert.deepEqual([request?.headers['api-key'], request?.headers.x], ['a b', '2'])
      for (const name of ['traceparent', 'uber-trace-id']) assert.equal(request?.headers[name], undefined)
      assert.equal(sink.spans.length, 4, 'its exports are not traced')
      assert.equal(app.stderr, '')
    })
  }
}

function assertFailed({ status, events, attributes }: OtlpSpan): void {
  assert.deepEqual(status, { code: 2, message: 'out of stock' })
  assert.equal(attributes.error, undefined)
  const [event] = events
  assert.equal(event?.name, 'exception')
  const { 'exception.stacktrace': stack, ...rest } = event?.attributes ?? {}
  assert.deepEqual(rest, { 'exception.type': 'RangeError', 'exception.message': 'out of stock' })
  assert.match(String(stack), /^RangeError: out of stock\n.*orders\.js/)
}

function assertTimes([outer, ...inner]: readonly OtlpSpan[]): void {
  assert.ok(outer && Math.abs(Number(outer.start / 1_000_000n) - Date.now()) < 60_000)
  for (const { name, start, end } of inner) assert.ok(outer.start <= start && start <= end, name)
}

test('otlp takes whatever OpenTracing allows, and tells it in the terms of OpenTelemetry', async (t) => {
  const sink = await startSink(t)
  const app = await startOtlp(t, 'open-tracing.js', sink)

  const { body } = await app.get('/')

  const spans = await sink.take(6)
  const [request, failed, late, after, another, alone] = [
    'GET',
    'failed',
    'late',
    'after',
    'of another tracer',
    'alone',
  ].map((name) => spans.find((span) => span.name === name))
  assert.ok(request && failed && late && after && another && alone)
  assert.deepEqual(JSON.parse(body), { traceId: request.traceId, baggage: 'gold' })
  const { text, number, flag, object, circle, nothing, big, list, long } = request.attributes
  assert.deepEqual(
    { text, number, flag, object, circle, nothing, big, list },
    {
      text: 'x',
      number: 1.5,
      flag: true,
      object: '{"a":1}',
      circle: '{"itself":"[circular]"}',
      nothing: undefined,
      big: '10',
      list: '[1,"b"]',
    },
  )
  assert.equal(long, 'y'.repeat(1_024))
  assert.deepEqual(
    request.events.map(({ name, attributes }) => [name, attributes]),
    [
      ['thought', { event: 'thought', of: '{"x":1}' }],
      ['said', { payload: 'twice' }],
    ],
  )

  assert.deepEqual([failed.kind, failed.parentSpanId, failed.status.code], [3, request.spanId, 2])
  const [exception] = failed.events
  assert.equal(exception?.attributes['exception.type'], 'TypeError')
  assert.equal(exception?.attributes['exception.message'], 'no such thing')
  assert.deepEqual([late.kind, late.parentSpanId, late.attributes], [4, request.spanId, {}])
  assert.deepEqual(late.links, [{ spanId: failed.spanId, attributes: { 'opentracing.ref_type': 'follows_from' } }])
  assert.deepEqual([after.kind, after.parentSpanId, after.links.length], [1, late.spanId, 1])
  assert.equal(after.end - after.start > 700_000_000n && after.end - after.start < 800_000_000n, true)
  assert.equal(Number((after.events[0]?.time ?? 0n) - after.start) / 1e6 >= 499, true)
  for (const span of [another, alone]) assert.equal(span.parentSpanId, '')
  assert.equal(app.stderr, '')
})

test('otlp tells a text that was thrown', async (t) => {
  const sink = await startSink(t)
  const app = await startOtlp(t, 'orders.js', sink)

  await app.get('/text')

  const [span] = await sink.take(1)
  assert.deepEqual(
    span?.events.map(({ name, attributes }) => [name, attributes]),
    [['exception', { 'exception.message': 'sold out' }]],
  )
  assert.deepEqual(span.status, { code: 2, message: 'sold out' })
})
