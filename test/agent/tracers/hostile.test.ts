import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type App, type Options, startApp } from '../../helpers/app.js'
import { temporaryFolder } from '../../helpers/folder.js'
import { printingTracer } from '../../helpers/tracers.js'
import { printed } from '../../helpers/waiting.js'
import { Wire } from '../../helpers/wire.js'

const spanMethods = [
  'context',
  'tracer',
  'setOperationName',
  'setTag',
  'addTags',
  'log',
  'finish',
  'getBaggageItem',
  'setBaggageItem',
]

/** A tracer and spans whose methods all do the same. */
function everywhere(method: string, spans = method): string {
  return `const method = ${method}, spanMethod = ${spans}
    const span = Object.fromEntries(${JSON.stringify(spanMethods)}.map((name) => [name, spanMethod]))
    module.exports = { startSpan: method, extract: method, inject: method, flush: method }`
}

const fail = "() => { throw new Error('broken') }"
const block = '() => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50); return span }'
const reject = "async () => { throw new Error('broken later') }"

const silentTracer = `${printingTracer}
  Span.prototype.finish = () => {}`

/** Tracers that no app should ever notice. */
const hostile: Record<string, string> = {
  'whose every method throws': everywhere(fail),
  'whose every method returns undefined': everywhere('() => {}'),
  'whose every method blocks for 50 ms': everywhere(block),
  'whose every method rejects': everywhere(reject),
  'whose spans throw at every call': everywhere('() => span', fail),
  'whose spans return undefined': everywhere('() => span', '() => {}'),
  'whose spans reject at every call': everywhere('() => span', reject),
  'whose spans throw at the second call': everywhere(
    '() => span',
    "(() => { let calls = 0; return () => { if (calls++ % 2) throw new Error('now and then'); return span } })()",
  ),
  'whose contexts cannot be read': everywhere(
    '() => span',
    "() => new Proxy({}, { get() { throw new Error('no') }, has() { throw new Error('no') } })",
  ),
  'that injects what no header can be': `${silentTracer}
    tracer.inject = (_context, _format, headers) => {
      Object.assign(headers, { 'a b': '1', 'x-line': 'a\\r\\nb: c', 'x-list': ['a'], 'x-none': undefined, 'x-snow': '\\u2603' })
      Object.defineProperty(headers, 'x-thrown', { enumerable: true, get() { throw new Error('no header') } })
    }
    module.exports = tracer`,
  'that changes what it is given': `${silentTracer}
    tracer.extract = (_format, headers) => { for (const name of Object.keys(headers)) headers[name] = 'changed'; return null }
    tracer.startSpan = (name, options) => new Span(name, { tags: Object.freeze(options.tags) })
    module.exports = tracer`,
}

const requests: readonly [method: string, path: string, body?: string][] = [
  ['GET', '/fine/1'],
  ['GET', '/thrown'],
  ['GET', '/rejected'],
  ['GET', '/passed'],
  ['GET', '/handled'],
  ['GET', '/answered'],
  ['GET', '/stream'],
  ['POST', '/upload', '{"a":1}'],
  ['POST', '/upload', '{"a":'],
  ['GET', '/calls'],
  ['HEAD', '/fine/2'],
  ['GET', '/nowhere'],
]

for (const [name, source] of Object.entries(hostile)) {
  for (const also of ['', ',noop']) {
    test(`a tracer ${name} changes nothing for the app${also && ', one of several'}`, async (t) => {
      const file = join(temporaryFolder(t, { 'tracer.js': source }), 'tracer.js')
      const env = { TRACE_TRACER: file + also, TRACE_INCOMING: 'restart' }

      const [traced, plain] = await Promise.all([live(t, { env }), live(t, { node: [] })])

      assert.deepEqual(traced.seen, plain.seen)
      for (const line of traced.said) assert.match(line, /^tracing: .*(failed in \w+\(\)|could not be|does not carry)/)
      const kinds = traced.said.map((line) => line.replace(/(\(\)|not be traced|carry its trace): .*/, ''))
      assert.equal(new Set(kinds).size, kinds.length, traced.said.join('\n'))
    })
  }
}

/** The life of an app: what its clients and its log see, in order, and what the agent says. */
async function live(t: TestContext, options: Options): Promise<{ seen: unknown[]; said: string[] }> {
  const { env } = options
  const app = await startApp(t, 'trouble.js', { ...options, env: { NODE_ENV: 'production', ...env } })
  const seen: unknown[] = []
  for (const [method, path, body = ''] of requests) {
    const headers = { 'uber-trace-id': 'abc:def:0:1', ...(body && { 'content-type': 'application/json' }) }
    const answer = await app.send(method, path, headers, body)
    const { date, ...rest } = answer.headers
    seen.push([method, path, answer.status, Object.entries(rest), answer.body])
  }
  seen.push(await leave(t, app), await pipeline(t, app))
  const { stdout, stderr, code, signal } = await app.stop()
  seen.push(stdout.replaceAll(String(app.port), 'port').split('\n'), code, signal)
  return { seen, said: stderr.split('\n').filter((line) => line.startsWith('tracing: ')) }
}

/** A client that does not wait for its answer. */
async function leave(t: TestContext, app: App): Promise<string> {
  const wire = await Wire.open(t, app.port)
  wire.ask('GET /never HTTP/1.1', 'Host: test')
  await wire.heard(/still/)
  wire.hangUp()
  const [line] = await printed(app, /GET \/never was cut/)
  return line
}

/** Two requests at once, and the bytes of both answers. */
async function pipeline(t: TestContext, app: App): Promise<string> {
  const wire = await Wire.open(t, app.port)
  wire.ask('GET /stream HTTP/1.1', 'Host: test', '', 'GET /thrown HTTP/1.1', 'Host: test', 'Connection: close')
  return (await wire.closed()).replaceAll(/^Date: .*$/gm, '')
}
