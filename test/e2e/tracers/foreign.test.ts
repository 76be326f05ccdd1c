import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { type App, startApp } from '../../helpers/app.js'
import { type JaegerSpan, RealJaeger } from '../real-jaeger.js'
import { packages } from './sink.js'

let jaeger: RealJaeger

before(async () => {
  jaeger = await RealJaeger.start(process.env.JAEGER ?? 'jaeger-all-in-one')
})

after(() => jaeger.stop())

function start(t: TestContext, name: string, env: Record<string, string>): Promise<App> {
  const own = { TRACE_TRACER: `./modules/${name}.js`, SERVICE: name, NODE_ENV: 'test' }
  return startApp(t, 'orders.js', { cwd: packages, env: { ...own, ...env } })
}

/** Where each sends its spans. */
const collectors: Record<string, () => string> = {
  'jaeger-client': () => jaeger.endpoint,
  opentelemetry: () => `${jaeger.otlpEndpoint}/v1/traces`,
  'zipkin-adapted': () => jaeger.zipkinEndpoint,
}
for (const [name, collector] of Object.entries(collectors)) {
  test(`${name} traces a request, its call and its error, and not its own exports`, async (t) => {
    const app = await start(t, name, { COLLECTOR: collector() })

    const answers = [await app.get('/orders/7'), await app.get('/broken')]
    await jaeger.spans(name, 4)
    // Whatever else has been traced until now arrives with this one.
    await app.get('/stock/8')

    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 500],
    )
    const spans = await jaeger.spans(name, 5)
    assert.equal(spans.length, 5)
    const [order, broken] = [find(spans, '/orders/7', 'server'), find(spans, '/broken', 'server')]
    const [call, stock] = [find(spans, '/stock/7', 'client'), find(spans, '/stock/7', 'server')]
    assert.deepEqual([parentOf(call), parentOf(stock)], [order.spanID, call.spanID])
    assert.deepEqual([call.traceID, stock.traceID], [order.traceID, order.traceID])
    assert.equal(String(tag(order, 'http.status_code')), '200')
    assert.equal(String(tag(broken, 'error')), 'true')
    assert.equal(broken.operationName.toLowerCase(), 'get /broken')
    assert.equal(broken.logs.length, 1)
    assert.equal(app.stderr, '')
  })
}

test("OpenTracing's MockTracer gets each request, call and error", async (t) => {
  const app = await start(t, 'mock', { TRACE_FLUSH_SIGNALS: 'SIGTERM' })

  await app.get('/orders/7')
  await app.get('/broken')

  const { stdout, stderr } = await app.stop()
  const spans = stdout.split('\n').flatMap((line) => (line.startsWith('span ') ? [JSON.parse(line.slice(5))] : []))
  assert.deepEqual(
    spans.map(([name, tags]) => [name, tags['span.kind'], tags['http.status_code'], tags.error]),
    [
      ['GET /orders/:id', 'server', 200, undefined],
      ['GET', 'client', 200, undefined],
      ['GET /stock/:product', 'server', 200, undefined],
      ['GET /broken', 'server', 500, true],
    ],
  )
  assert.match(
    stderr,
    /^tracing: the tracer failed in extract\(\): .*\ntracing: the tracer failed in inject\(\): .*\n$/,
  )
})

test("LightStep's tracer traces a request, its call and its error, and not its own exports", async (t) => {
  const sink = await lightStepSink(t)
  const app = await start(t, 'lightstep', { COLLECTOR: sink.url })

  await app.get('/orders/7')
  await app.get('/broken')
  await sink.take(4)
  await app.get('/stock/8')

  const spans = await sink.take(5)
  const seen = spans.map(({ operationName, tags }) => [operationName, tags['span.kind'], tags.error].join(' ').trim())
  assert.deepEqual(seen.sort(), [
    'GET /broken server true',
    'GET /orders/:id server',
    'GET /stock/:product server',
    'GET /stock/:product server',
    'GET client',
  ])
  const [order, call, stock] = ['GET /orders/:id', 'GET', 'GET /stock/:product'].map((name) =>
    spans.find(({ operationName }) => operationName === name),
  )
  assert.deepEqual([call?.parent, stock?.parent], [order?.id, call?.id])
  assert.equal(app.stderr, '')
})

test("Zipkin's tracer, which knows no contexts, loses calls and no request, at a line for each method", async (t) => {
  const app = await start(t, 'zipkin', { COLLECTOR: jaeger.zipkinEndpoint })

  const answers = [await app.get('/orders/7'), await app.get('/broken')]

  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 500],
  )
  const spans = await jaeger.spans('zipkin', 3)
  for (const path of ['/orders/7', '/stock/7', '/broken'])
    assert.equal(find(spans, path, 'server').references.length, 0)
  const lines = app.stderr.trimEnd().split('\n')
  assert.deepEqual(
    lines.map((line) => /failed in (\w+)/.exec(line)?.[1]),
    ['startSpan', 'setOperationName'],
  )
})

function find(spans: readonly JaegerSpan[], path: string, kind: string): JaegerSpan {
  const found = spans.filter((span) => String(tag(span, 'http.url')).endsWith(path) && kindOf(span) === kind)
  const [span] = found
  assert.ok(span && found.length === 1, `${found.length} ${kind} spans of ${path}`)
  return span
}

/** Zipkin's tracer has one kind for all of its spans; Jaeger shows that beside the tag. */
function kindOf({ tags }: JaegerSpan): unknown {
  const kinds = tags.filter(({ key }) => key === 'span.kind').map(({ value }) => value)
  return kinds.includes('client') ? 'client' : kinds[0]
}

function parentOf({ references }: JaegerSpan): string | undefined {
  return references[0]?.spanID
}

function tag({ tags }: JaegerSpan, name: string): unknown {
  return tags.find(({ key }) => key === name)?.value
}

interface LightStepSpan {
  readonly id: string
  readonly parent: string | undefined
  readonly operationName: string
  readonly tags: Record<string, unknown>
}

/** A collector of LightStep's, with its own decoder. */
async function lightStepSink(t: TestContext): Promise<{ url: string; take(count: number): Promise<LightStepSpan[]> }> {
  const generated = join(
    packages,
    'node_modules',
    'lightstep-tracer',
    'lib',
    'imp',
    'generated_proto',
    'collector_pb.js',
  )
  const { ReportRequest, ReportResponse } = require(generated)
  const spans: LightStepSpan[] = []
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const { spansList }: Report = ReportRequest.deserializeBinary(Buffer.concat(chunks)).toObject()
    // Its reports are spans as well.
    const own = spansList.filter(({ operationName }) => !operationName.startsWith('lightstep.'))
    spans.push(...own.map(lightStepSpan))
    res.end(Buffer.from(new ReportResponse().serializeBinary()))
    server.emit('spans')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    async take(count) {
      const signal = AbortSignal.timeout(20_000)
      while (spans.length < count) await once(server, 'spans', { signal })
      assert.equal(spans.length, count)
      return spans
    },
  }
}

function lightStepSpan({
  spanContext,
  referencesList,
  operationName,
  tagsList,
}: Report['spansList'][number]): LightStepSpan {
  const tags = tagsList.map(({ key, stringValue, boolValue }) => [key, stringValue || boolValue || undefined])
  return {
    id: String(spanContext.spanId),
    parent: referencesList[0] && String(referencesList[0].spanContext.spanId),
    operationName,
    tags: Object.fromEntries(tags),
  }
}

interface Report {
  readonly spansList: readonly {
    readonly spanContext: { readonly spanId: number | string }
    readonly operationName: string
    readonly referencesList: readonly { readonly spanContext: { readonly spanId: number | string } }[]
    readonly tagsList: readonly { readonly key: string; readonly stringValue: string; readonly boolValue: boolean }[]
  }[]
}
