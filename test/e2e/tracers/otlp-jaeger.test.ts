import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type JaegerSpan, RealJaeger } from '../real-jaeger.js'
import { startOtlp } from './sink.js'

let jaeger: RealJaeger

before(async () => {
  jaeger = await RealJaeger.start(process.env.JAEGER ?? 'jaeger-all-in-one')
})

after(() => jaeger.stop())

for (const [protocol, port] of [
  ['http/protobuf', 'otlpEndpoint'],
  ['http/json', 'otlpEndpoint'],
  ['grpc', 'otlpGrpcEndpoint'],
] as const) {
  test(`a request, its call and its error arrive in a real Jaeger over OTLP's ${protocol}`, async (t) => {
    const service = `shop-${protocol}`
    const traceId = `a${randomBytes(8).toString('hex').slice(1)}`
    const env = { OTEL_EXPORTER_OTLP_PROTOCOL: protocol, TRACE_SERVICE_NAME: service }
    const app = await startOtlp(t, 'orders.js', { endpoint: jaeger[port] }, env)

    await app.get('/orders/7', { 'uber-trace-id': `${traceId}:1234:0:1` })
    await app.get('/broken')

    const spans = await jaeger.spans(service, 4)
    const [order, call, stock, broken] = ['GET /orders/:id', 'GET', 'GET /stock/:product', 'GET /broken'].map((name) =>
      spans.find(({ operationName }) => operationName === name),
    )
    assert.ok(order && call && stock && broken)
    assert.equal(order.traceID, traceId)
    assert.deepEqual([order, call, stock].map(parentOf), ['0000000000001234', order.spanID, call.spanID])
    assert.deepEqual([order, call, stock, broken].map(kindOf), ['server', 'client', 'server', 'server'])
    assert.equal(tag(order, 'http.status_code'), 200)
    assert.deepEqual([tag(broken, 'error'), tag(broken, 'otel.status_code')], [true, 'ERROR'])
    const fields = new Map(broken.logs[0]?.fields.map(({ key, value }) => [key, value]))
    assert.deepEqual([fields.get('event'), fields.get('exception.message')], ['exception', 'out of stock'])
    assert.equal(app.stderr, '')
  })
}

function parentOf({ references }: JaegerSpan): string | undefined {
  return references[0]?.spanID
}

function kindOf(span: JaegerSpan): unknown {
  return tag(span, 'span.kind')
}

function tag({ tags }: JaegerSpan, name: string): unknown {
  return tags.find(({ key }) => key === name)?.value
}
