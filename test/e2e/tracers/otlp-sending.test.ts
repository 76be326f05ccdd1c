import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { root, runScript, startApp } from '../../helpers/app.js'
import { installedCopy, script, temporaryFolder } from '../../helpers/folder.js'
import { printed } from '../../helpers/waiting.js'
import { otlpOptions, packages, startGrpcSink, startOtlp, startSink } from './sink.js'

const protocols = ['http/protobuf', 'grpc']

for (const OTEL_EXPORTER_OTLP_PROTOCOL of protocols) {
  test(`an OTLP collector that is not there is said once, with its address (${OTEL_EXPORTER_OTLP_PROTOCOL})`, async (t) => {
    const endpoint = await freeAddress()

    const ended = await runScript(t, 'once.js', otlpOptions(endpoint, { OTEL_EXPORTER_OTLP_PROTOCOL }))

    assert.deepEqual([ended.code, ended.stdout], [0, 'hello\n'])
    const path = OTEL_EXPORTER_OTLP_PROTOCOL === 'grpc' ? '' : '/v1/traces'
    assert.equal(
      ended.stderr,
      `tracing: no OTLP collector listens on ${endpoint}${path}; spans lost so far: 0` +
        '. To see traces without one: TRACE_TRACER=console, or npx tracing view\n',
    )
  })

  test(`an OTLP collector that never answers holds an exit no longer than it may (${OTEL_EXPORTER_OTLP_PROTOCOL})`, async (t) => {
    const silent = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    t.after(() => silent.close())
    const address = silent.address()
    const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const env = { OTEL_EXPORTER_OTLP_PROTOCOL, TRACE_FLUSH_TIMEOUT: '300' }
    const began = performance.now()

    const ended = await runScript(t, 'once.js', otlpOptions(endpoint, env))

    assert.equal(ended.code, 0)
    // The deadline of a send is ten seconds.
    assert.ok(performance.now() - began < 8_000)
    assert.match(ended.stderr, /^(tracing: spans cannot be sent to .*: no answer in time; .*\n)?$/)
  })
}

test('the last spans arrive before the process ends', async (t) => {
  const sink = await startSink(t)

  const ended = await runScript(t, 'once.js', otlpOptions(sink.endpoint, { OTEL_BSP_SCHEDULE_DELAY: '60000' }))

  assert.deepEqual([ended.code, ended.stdout, ended.stderr], [0, 'hello\n', ''])
  assert.equal(sink.spans.length, 2)
})

for (const [status, tries, said] of [
  [400, 1, 'it answers 400'],
  [401, 1, 'it answers 401'],
  [503, 2, 'it answers 503'],
] as const) {
  test(`what an OTLP collector answers with ${status} is tried ${tries === 1 ? 'once' : 'twice'}, and said`, async (t) => {
    const sink = await startSink(t, (res) => res.writeHead(status).end())

    const ended = await runScript(
      t,
      'once.js',
      otlpOptions(sink.endpoint, { TRACE_CLIENT: 'false', OTEL_BSP_SCHEDULE_DELAY: '60000' }),
    )

    assert.equal(sink.requests.length, tries)
    assert.match(
      ended.stderr,
      new RegExp(`^tracing: spans cannot be sent to ${sink.endpoint}/v1/traces: ${said}; .*\n$`),
    )
  })
}

test('a gRPC status that is an error is said', async (t) => {
  const sink = await startGrpcSink(t, '16')

  const env = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', TRACE_CLIENT: 'false' }
  const ended = await runScript(t, 'once.js', otlpOptions(sink.endpoint, env))

  assert.equal(sink.requests.length, 1)
  assert.match(ended.stderr, /^tracing: spans cannot be sent to .*: gRPC status 16: so it is; spans lost so far: 1\n$/)
})

test('many spans leave in messages of the size that was asked for', async (t) => {
  const sink = await startSink(t)
  const app = await startOtlp(t, 'http.js', sink, {
    OTEL_BSP_SCHEDULE_DELAY: '60000',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '8',
  })

  for (let count = 0; count < 16; count++) await app.get('/')

  await sink.take(16)
  assert.deepEqual(
    sink.requests.map(({ spans }) => spans),
    [8, 8],
  )
})

test('where packages are missing, one line says how to get them, and jaeger stands in', async (t) => {
  const folder = temporaryFolder(t)
  const app = await startApp(t, 'http.js', { env: { TRACE_TRACER: 'otlp' }, cwd: folder })

  await app.get('/')

  await app.span()
  const names = ['api@1.9', 'resources@2', 'sdk-trace-base@2', 'otlp-transformer@0.223', 'shim-opentracing@2']
  const command = `npm install ${names.map((name) => `@opentelemetry/${name}`).join(' ')}`
  assert.equal(app.stderr, `tracing: TRACE_TRACER="otlp" cannot be used: run \`${command}\`; using jaeger\n`)
})

test('the packages beside the agent do as well', async (t) => {
  const sink = await startSink(t)
  const folder = temporaryFolder(t)
  const copy = installedBeside(t)
  const { env } = otlpOptions(sink.endpoint)
  const app = await startApp(t, 'http.js', { env: env ?? {}, cwd: folder, node: ['-r', copy] })

  await app.get('/')

  await sink.take(1)
  assert.equal(app.stderr, '')
})

test('what an app has of OpenTelemetry is left as it is, and hears nothing', async (t) => {
  const sink = await startSink(t, (res) => res.writeHead(500).end())
  const own = `
    const http = require('node:http')
    const api = require(${JSON.stringify(join(packages, 'node_modules', '@opentelemetry', 'api'))})
    const say = (...args) => console.log('diag', ...args)
    api.diag.setLogger({ error: say, warn: say, info: say, debug: say, verbose: say }, { logLevel: api.DiagLogLevel.ALL, suppressOverrideMessage: true })
    const active = api.trace.setSpanContext(api.ROOT_CONTEXT, { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 })
    const own = { active: () => active, with: (_context, run, self, ...args) => run.apply(self, args), bind: (_c, f) => f, enable() {}, disable() {} }
    api.context.setGlobalContextManager(own)
    const before = Object.keys(globalThis[Symbol.for('opentelemetry.js.api.1')])
    const { getSpan } = require(${JSON.stringify(root)})
    const server = http.createServer((_req, res) => {
      const span = getSpan()
      span.setTag('odd', { a: Symbol('x') }).log({ event: 'error', 'error.object': new Error('x') })
      span.tracer().startSpan('child', { childOf: span }).finish()
      span.tracer().startSpan('root').finish()
      const after = Object.keys(globalThis[Symbol.for('opentelemetry.js.api.1')])
      const isNoop = !api.trace.getTracer('app').startSpan('x').isRecording()
      res.end(JSON.stringify({ before, after, isNoop }))
      res.on('close', () => span.setTag('too', 'late'))
    })
    server.listen(0, () => console.log('listening on ' + server.address().port))`
  const app = await startOtlp(t, script(temporaryFolder(t, { 'app.js': own }), 'app.js'), sink)

  const { body } = await app.get('/')

  const { before, after, isNoop } = JSON.parse(body)
  assert.deepEqual(after, before)
  assert.equal(isNoop, true)
  const spans = await sink.take(3)
  const [request, child, alone] = ['GET', 'child', 'root'].map((name) => spans.find((span) => span.name === name))
  assert.deepEqual([request?.parentSpanId, alone?.parentSpanId], ['', ''])
  assert.equal(child?.parentSpanId, request?.spanId)
  await printed(app, /it answers 500/, 'stderr')
  const lines = app.stdout.split('\n').filter((line) => !line.includes('Registered a global'))
  assert.deepEqual(lines, [`listening on ${app.port}`, ''])
})

test('OTEL_SDK_DISABLED=true sends nothing', async (t) => {
  const sink = await startSink(t)

  const ended = await runScript(t, 'once.js', otlpOptions(sink.endpoint, { OTEL_SDK_DISABLED: 'true' }))

  assert.deepEqual([ended.code, ended.stderr, sink.requests.length], [0, '', 0])
})

test('otlp and jaeger at once each get all spans', async (t) => {
  const sink = await startSink(t)
  const app = await startOtlp(t, 'orders.js', sink, { TRACE_TRACER: 'otlp,jaeger' })

  await app.get('/orders/1')

  const spans = await sink.take(3)
  const theirs = await app.spans(3)
  assert.deepEqual(
    theirs.map(({ operationName }) => operationName),
    spans.map(({ name }) => name),
  )
  assert.equal(app.stderr, '')
})

for (const [variable, value, said] of [
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/xml', 'is not http/protobuf, http/json or grpc; using http/protobuf'],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '-1', 'is not a number of milliseconds from 1 to 2147483647; using 10000'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'nowhere', 'is not an http or https URL; using this machine'],
  ['OTEL_EXPORTER_OTLP_CERTIFICATE', '/no/such/file', 'is not a file that can be read; using none'],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'zip', 'is not gzip or none; using none'],
  ['OTEL_TRACES_SAMPLER', 'often', 'is not one of always_on, always_off, traceidratio, '],
  ['OTEL_BSP_MAX_QUEUE_SIZE', '0', 'is not a whole number from 1 to 1000000; using 2048'],
] as const) {
  test(`${variable}=${value} is one line, and the spans arrive`, async (t) => {
    const sink = await startSink(t)
    const app = await startOtlp(t, 'http.js', sink, { [variable]: value })

    await app.get('/')

    await sink.take(1)
    assert.match(app.stderr, /^tracing: .*\n$/)
    assert.ok(app.stderr.startsWith(`tracing: ${variable}=${JSON.stringify(value)} ${said}`), app.stderr)
  })
}

test('an entry of OTEL_EXPORTER_OTLP_HEADERS that is none is said without its value', async (t) => {
  const sink = await startSink(t)
  const app = await startOtlp(t, 'http.js', sink, { OTEL_EXPORTER_OTLP_HEADERS: 'a=1,b c=secret,d=%E2%82%AC,e' })

  await app.get('/')

  await sink.take(1)
  assert.equal(sink.requests[0]?.headers.a, '1')
  assert.deepEqual(
    app.stderr.split('\n').map((line) => /the entry "(.*)" is not name=value/.exec(line)?.[1]),
    ['b c', 'd', '', undefined],
  )
  assert.equal(app.stderr.includes('secret'), false)
})

/** The preload of an agent that OpenTelemetry's packages are installed beside. */
function installedBeside(t: TestContext): string {
  const copy = installedCopy(t)
  const modules = join(copy, 'node_modules')
  rmSync(modules)
  mkdirSync(modules)
  for (const name of ['shimmer', 'require-in-the-middle', 'opentracing', 'jaeger-client'])
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'dir')
  symlinkSync(join(packages, 'node_modules', '@opentelemetry'), join(modules, '@opentelemetry'), 'dir')
  return join(copy, 'register.js')
}

/** An address of this machine where nobody listens. */
async function freeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}
