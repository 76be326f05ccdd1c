import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, runScript, startApp } from '../../helpers/app.js'
import { script, temporaryFolder } from '../../helpers/folder.js'
import { printingTracer } from '../../helpers/tracers.js'
import { printed } from '../../helpers/waiting.js'

const traceId = 'abcdef0123456789'

test('with several tracers, each gets every span, with its parents, tags and baggage', async (t) => {
  const app = await startApp(t, 'several.js', { env: { TRACE_TRACER: 'jaeger,console' } })

  const answer = await app.get('/', { 'uber-trace-id': `${traceId}:1234:0:1` })

  const spans = await app.spans(5)
  const [request, bySpan, byContext, renamed, byHeaders] = spans
  assert.deepEqual(
    spans.map(({ operationName, traceId, parentId }) => [operationName, traceId, parentId]),
    [
      ['GET', request?.traceId, '1234'],
      ['by span', request?.traceId, request?.spanId],
      ['by context', request?.traceId, bySpan?.spanId],
      ['renamed', request?.traceId, byContext?.spanId],
      ['by headers', request?.traceId, byContext?.spanId],
    ],
  )
  assert.equal(request?.traceId, traceId)
  assert.deepEqual(renamed?.tags, { one: 1, two: 2 })
  assert.deepEqual(renamed?.logs, [{ event: 'thought' }, { event: 'said', payload: 'twice' }])
  assert.equal(byHeaders?.tags.a, undefined)

  await printed(app, /renamed.*\n/, 'stderr')
  const tree = app.stderr
    .replaceAll(/ {2}\d+\.\d ms.*/g, '')
    .trimEnd()
    .split('\n')
  assert.deepEqual(tree, ['GET  200', '└─ by span', '   └─ by context', '      └─ renamed'])
  assert.match(app.stderr, new RegExp(`trace ${traceId}`))

  const { headers, ...rest } = JSON.parse(answer.body)
  assert.deepEqual(rest, {
    traceId,
    spanId: byContext?.spanId,
    isSampled: true,
    baggage: 'gold',
    isSameTracer: true,
    isSameContext: true,
    references: 2,
    nothing: null,
  })
  assert.equal(headers['uber-trace-id'], `${traceId}:${byContext?.spanId}:${bySpan?.spanId}:1`)
})

/** A tracer that writes two headers into calls, and prints the tag of the parent of each span. */
const another = `${printingTracer}
  class Context {
    constructor(id) { this.id = id }
    toTraceId() { return 'other' }
  }
  let count = 0
  tracer.startSpan = (name, options) => {
    const span = new Span(name, options)
    const context = new Context(++count)
    span.context = () => context
    const parents = (options.references ?? []).map((reference) => reference.referencedContext())
    if (options.childOf) parents.push(options.childOf.context ? options.childOf.context() : options.childOf)
    span.setTag('parents', parents.map(({ id }) => id).join())
    span.setTag('id', context.id)
    return span
  }
  tracer.inject = (context, _format, headers) => {
    headers['X-Other'] = String(context.id)
    headers['Uber-Trace-Id'] = '1:2:3:4'
    headers.tracestate = 'other=1'
  }
  tracer.extract = (_format, headers) => headers['x-other'] ? new Context(headers['x-other']) : null
`

test('a call carries the headers of each tracer, and of one that two would write the first one', async (t) => {
  const folder = temporaryFolder(t, { 'tracer.js': `${another}module.exports = tracer` })
  const env = { TRACE_TRACER: `jaeger,${join(folder, 'tracer.js')}`, TRACE_PROPAGATION: 'jaeger,w3c' }
  const app = await startApp(t, 'client.js', { env })

  const answer = await app.get('/call/http', { 'x-other': '77' })

  const { traceparent, ...headers } = JSON.parse(answer.body)
  assert.equal(headers['x-other'], '2')
  assert.match(headers['uber-trace-id'], /^[\da-f]{15,16}:[\da-f]{15,16}:[\da-f]{15,16}:1$/)
  assert.match(traceparent, /^00-/)
  assert.equal(headers.tracestate, undefined)
  const [, served = ''] = await printed(app, /^span (.*"parents":"77".*)$/m)
  const { id } = JSON.parse(served).tags
  const [, call = ''] = await printed(app, new RegExp(`^span (.*"span.kind":"client".*"parents":"${id}".*)$`, 'm'))
  assert.equal(JSON.parse(call).tags.id, 2)
})

const failing = {
  'throws at every call': `const fail = () => { throw new Error('broken') }
    module.exports = { startSpan: fail, extract: fail, inject: fail, flush: fail }`,
  'has spans that throw': `const fail = () => { throw new Error('broken') }
    module.exports = { ...tracer, startSpan: () => new Proxy({}, { get: () => fail }), extract: fail, inject: fail }`,
  'answers nothing': 'module.exports = { startSpan() {}, extract() {}, inject() {} }',
}
for (const [name, source] of Object.entries(failing)) {
  for (const isFirst of [true, false]) {
    test(`a tracer that ${name} disturbs no other, be it ${isFirst ? 'before' : 'behind'} it`, async (t) => {
      const file = join(temporaryFolder(t, { 'tracer.js': printingTracer + source }), 'tracer.js')
      const env = { TRACE_TRACER: isFirst ? `${file},jaeger` : `jaeger,${file}` }
      const app = await startApp(t, 'several.js', { env })

      await app.get('/', { 'uber-trace-id': `${traceId}:1234:0:1` })
      await app.get('/')

      const spans = await app.spans(10)
      const [first, , byContext, , byHeaders] = spans.filter((span) => span.traceId === traceId)
      assert.equal(first?.parentId, '1234')
      assert.equal(byHeaders?.parentId, byContext?.spanId)
      const { stderr } = await app.stop()
      const lines = stderr.split('\n').filter((line) => line !== '')
      for (const line of lines) assert.match(line, /^tracing: the tracer \S+tracer\.js failed in \w+\(\): /)
      assert.equal(new Set(lines).size, lines.length, stderr)
    })
  }
}

test("an app's own span of one of the tracers is a parent to that one, and nothing to the others", async (t) => {
  const folder = temporaryFolder(t, {
    'tracer.js': `${another}module.exports = tracer`,
    'app.js': `
      const http = require('node:http')
      const { getSpan } = require(${JSON.stringify(root)})
      const theirs = require('./tracer.js')
      const server = http.createServer((_req, res) => {
        const tracer = getSpan().tracer()
        const own = theirs.startSpan('own', {})
        tracer.startSpan('child', { childOf: own.context() }).finish()
        tracer.startSpan('of nobody', { childOf: { id: 'x' } }).finish()
        res.end()
      })
      server.listen(0, () => console.log('listening on ' + server.address().port))`,
  })
  const env = { TRACE_TRACER: `${join(folder, 'tracer.js')},jaeger` }
  const app = await startApp(t, script(folder, 'app.js'), { env })

  await app.get('/')

  const spans = await app.spans(3)
  assert.deepEqual(
    spans.slice(1).map(({ parentId }) => parentId),
    ['0', '0'],
  )
  await printed(app, /^span \{"name":"child","tags":\{"parents":"2",/m)
  await printed(app, /^span \{"name":"of nobody","tags":\{"parents":"",/m)
  assert.equal(app.stderr, '')
})

test('at the end of the process the last spans of each tracer arrive', async (t) => {
  const source = `${printingTracer}tracer.flush = () => print('flushed'); module.exports = tracer`
  const file = join(temporaryFolder(t, { 'tracer.js': source }), 'tracer.js')

  const env = { TRACE_TRACER: `${file},jaeger,console`, JAEGER_REPORTER_FLUSH_INTERVAL: '60000' }
  const ended = await runScript(t, 'once.js', { env })

  assert.equal(ended.code, 0)
  assert.match(ended.stdout, /^span "flushed"$/m)
  assert.match(ended.stderr, /^GET {2}200/m)
  await ended.collector.take(2)
})

test('of several tracers, one that cannot be had is one line, and the others stand', async (t) => {
  const env = { TRACE_TRACER: './no-such-file.js,jaeger,noop' }
  const app = await startApp(t, 'http.js', { env })

  await app.get('/')

  await app.span()
  assert.match(app.stderr, /^tracing: TRACE_TRACER="\.\/no-such-file\.js" is not .*; using jaeger, noop\n$/)
})
