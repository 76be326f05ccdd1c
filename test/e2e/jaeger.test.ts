import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { App, root } from '../helpers/app.js'
import { Collector } from '../helpers/collector.js'
import { type JaegerSpan, type JaegerTag, RealJaeger } from './real-jaeger.js'

const folder = mkdtempSync(join(tmpdir(), 'tracing-'))
let jaeger: RealJaeger

before(async () => {
  jaeger = await RealJaeger.start(process.env.JAEGER ?? 'jaeger-all-in-one')
  installPacked()
})

after(async () => {
  await jaeger.stop()
  rmSync(folder, { recursive: true, force: true })
})

for (const transport of ['UDP', 'HTTP']) {
  test(`the packed agent's spans of the examples arrive in a real Jaeger over ${transport}`, async () => {
    const [service, stockService] = [`shop-${transport}`, `stock-${transport}`]
    const sender = { trace: randomBytes(16).toString('hex'), span: randomBytes(8).toString('hex') }
    const stock = await start('stock.js', stockService, transport)
    const app = await start('shop.js', service, transport, { STOCK_URL: `http://127.0.0.1:${stock.port}` })

    await app.get('/shops/berlin/products/1', { 'uber-trace-id': `${sender.trace}:${sender.span}:0:1` })
    await app.get('/shops/berlin/products/9')
    await app.send('POST', '/shops/berlin/orders', { 'content-type': 'application/json' }, '{"product":"7"}')
    await app.get('/nowhere')

    const all = await jaeger.spans(service, 8)

    await Promise.all([app.stop(), stock.stop()])
    const spans = all.filter((span) => span.service === service)
    const services = await jaeger.ask('/api/services')
    assert.ok(Array.isArray(services) && services.includes(service))
    const operations = await jaeger.ask(`/api/services/${service}/operations`)
    assert.ok(Array.isArray(operations))
    assert.deepEqual(operations.sort(), ['GET', 'GET /shops/:shop/products/:id', 'POST /shops/:shop/orders'])
    const continued = find(spans, 'GET /shops/:shop/products/:id', 200)
    assertContinued(continued, sender)
    const call = find(spans, 'GET', 200)
    assertChild(call, continued)
    assertChild(find(all, 'GET /stock/:product', 200), call)
    assertError(find(spans, 'POST /shops/:shop/orders', 500))
    const missing = find(spans.filter(isRoot), 'GET', 404)
    assert.equal(tag(missing, 'http.route'), undefined)
  })
}

function assertContinued(span: JaegerSpan, { trace, span: parent }: { trace: string; span: string }): void {
  assert.equal(span.traceID, trace)
  assert.deepEqual(span.references, [{ refType: 'CHILD_OF', traceID: trace, spanID: parent }])
  assert.deepEqual(tag(span, 'span.kind'), { key: 'span.kind', type: 'string', value: 'server' })
  assert.deepEqual(tag(span, 'component'), { key: 'component', type: 'string', value: 'express' })
  assert.deepEqual(tag(span, 'http.status_code'), { key: 'http.status_code', type: 'float64', value: 200 })
  assert.match(String(tag(span, 'http.url')?.value), /^http:\/\/127\.0\.0\.1:\d+\/shops\/berlin\/products\/1$/)
  assert.equal(tag(span, 'error'), undefined)
}

function assertChild(span: JaegerSpan, parent: JaegerSpan): void {
  const { traceID, spanID } = parent
  assert.deepEqual(span.references, [{ refType: 'CHILD_OF', traceID, spanID }])
}

function isRoot({ references }: JaegerSpan): boolean {
  return references.length === 0
}

function assertError(span: JaegerSpan): void {
  assert.deepEqual(tag(span, 'error'), { key: 'error', type: 'bool', value: true })
  const [log] = span.logs
  const fields = new Map(log?.fields.map(({ key, value }) => [key, value]))
  assert.equal(fields.get('event'), 'error')
  assert.equal(fields.get('error.kind'), 'RangeError')
  assert.equal(fields.get('message'), 'cannot order product 7')
  assert.match(String(fields.get('stack')), /shop\.js/)
}

function find(spans: readonly JaegerSpan[], operation: string, status: number): JaegerSpan {
  const found = spans.filter(
    (span) => span.operationName === operation && tag(span, 'http.status_code')?.value === status,
  )
  assert.equal(found.length, 1, `one span "${operation}" with status ${status}`)
  const [span] = found
  assert.ok(span)
  return span
}

function tag(span: JaegerSpan, key: string): JaegerTag | undefined {
  return span.tags.find((each) => each.key === key)
}

/** What a user does: the tarball and Express, in an empty folder. */
function installPacked(): void {
  const npm = (args: string[], cwd: string) => execFileSync('npm', args, { cwd, encoding: 'utf8' })
  const packed = npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root).trim()
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', `./${packed}`, 'express@5.3.0'], folder)
  cpSync(join(root, 'examples'), folder, { recursive: true })
}

async function start(
  script: string,
  service: string,
  transport: string,
  environment: Record<string, string> = {},
): Promise<App> {
  const address =
    transport === 'UDP'
      ? { JAEGER_AGENT_HOST: '127.0.0.1', JAEGER_AGENT_PORT: String(jaeger.udpPort) }
      : { JAEGER_ENDPOINT: jaeger.endpoint }
  const names = { NODE_ENV: 'production', TRACE_SERVICE_NAME: service, PORT: '0' }
  const child = spawn(process.execPath, ['-r', 'tracing/register', script], {
    cwd: folder,
    env: { ...process.env, ...environment, ...address, ...names },
  })
  const app = new App(child, new Collector(0))
  await app.listening()
  return app
}
