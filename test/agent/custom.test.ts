import assert from 'node:assert/strict'
import { join, relative } from 'node:path'
import { test } from 'node:test'
import { root, runScript, startApp } from '../helpers/app.js'
import { temporaryFolder } from '../helpers/folder.js'
import { mockTracer, printingTracer } from '../helpers/tracers.js'
import { printed } from '../helpers/waiting.js'

const forms: Record<string, string> = {
  'a tracer': 'module.exports = tracer',
  'a function that returns a tracer': 'module.exports = () => tracer',
  'a tracer as default, as compilers write ES modules': `
    Object.defineProperty(exports, '__esModule', { value: true })
    exports.default = tracer
  `,
  'a function as default': 'exports.default = function makeTracer() { return tracer }',
  'a tracer that is a function': `
    module.exports = Object.assign(() => { throw new Error('called') }, tracer)
  `,
  'an instance whose methods are inherited': 'module.exports = Object.create(tracer)',
}
for (const [name, source] of Object.entries(forms)) {
  test(`TRACE_TRACER takes a file that exports ${name}`, async (t) => {
    const folder = temporaryFolder(t, { 'tracer.js': printingTracer + source })
    const app = await startApp(t, 'http.js', { env: { TRACE_TRACER: join(folder, 'tracer.js') } })

    await app.get('/path')

    const [, span = ''] = await printed(app, /^span (.*)$/m)
    assert.deepEqual(JSON.parse(span), {
      name: 'GET',
      tags: {
        'span.kind': 'server',
        'http.method': 'GET',
        'http.url': `http://127.0.0.1:${app.port}/path`,
        component: 'http',
        'http.status_code': 200,
      },
    })
    assert.equal(app.stderr, '')
    assert.deepEqual(app.collector.spans, [])
  })
}

test('TRACE_TRACER finds a file from the working directory', async (t) => {
  const folder = temporaryFolder(t, { 'tracer.js': `${printingTracer}module.exports = tracer` })
  const app = await startApp(t, 'http.js', { env: { TRACE_TRACER: relative(root, join(folder, 'tracer.js')) } })

  await app.get('/')

  await printed(app, /^span /m)
})

/** What prints spans as the CommonJS one does. */
const printingModule = `import { createRequire } from 'node:module'
  const require = createRequire(import.meta.url)
  ${printingTracer}`
const modules: Record<string, string> = {
  'a tracer as default': 'export default tracer',
  'a function as default': 'export default () => tracer',
  'the methods of a tracer by name': 'export const { startSpan, extract, inject } = tracer',
}
const canRequireModules = Reflect.get(process.features, 'require_module') === true
for (const [name, source] of Object.entries(modules)) {
  for (const isPackage of [false, true]) {
    const what = isPackage ? 'a package of ES modules' : 'an ES module'
    test(`TRACE_TRACER takes ${what} that exports ${name}, where Node can`, async (t) => {
      const file = isPackage ? 'index.js' : 'tracer.mjs'
      const folder = temporaryFolder(t, { [file]: printingModule + source, 'package.json': '{ "type": "module" }' })
      const TRACE_TRACER = isPackage ? folder : join(folder, file)
      const app = await startApp(t, 'http.js', { env: { TRACE_TRACER } })

      await app.get('/')

      if (canRequireModules) {
        await printed(app, /^span /m)
        assert.equal(app.stderr, '')
      } else {
        await app.span()
        const { node } = process.versions
        assert.match(
          app.stderr,
          new RegExp(`^tracing: TRACE_TRACER=.*\\(Node ${node} cannot load an ES module at once.*\\n$`),
        )
      }
    })
  }
}

test('the time that a tracer takes to load is not part of the first call', async (t) => {
  const source = `${printingTracer}
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    tracer.startSpan = (name, options) => {
      const span = new Span(name, options)
      span.finish = (end) => print({ kind: span.tags['span.kind'], start: options.startTime, end })
      return span
    }
    module.exports = tracer`
  const TRACE_TRACER = join(temporaryFolder(t, { 'tracer.js': source }), 'tracer.js')

  const ended = await runScript(t, 'once.js', { env: { TRACE_TRACER } })

  const spans = ended.stdout
    .split('\n')
    .flatMap((line) => (line.startsWith('span ') ? [JSON.parse(line.slice(5))] : []))
  const call = spans.find(({ kind }) => kind === 'client')
  const request = spans.find(({ kind }) => kind === 'server')
  assert.ok(call.start <= request.start && request.start <= call.end, ended.stdout)
})

test('a call carries what a tracer writes as numbers and booleans, and nothing that is no value', async (t) => {
  const source = `${printingTracer}
    tracer.inject = (_context, _format, headers) => {
      Object.assign(headers, { 'x-id': 7, 'x-sampled': true, 'x-parent': undefined, 'x-none': null, 'x-object': {} })
    }
    module.exports = tracer`
  const TRACE_TRACER = join(temporaryFolder(t, { 'tracer.js': source }), 'tracer.js')
  const app = await startApp(t, 'client.js', { env: { TRACE_TRACER } })

  for (const way of ['http', 'fetch']) {
    const { body } = await app.get(`/call/${way}`)

    const names = Object.keys(JSON.parse(body)).filter((name) => name.startsWith('x-'))
    assert.deepEqual(names.sort(), ['x-id', 'x-sampled'])
    assert.deepEqual([JSON.parse(body)['x-id'], JSON.parse(body)['x-sampled']], ['7', 'true'])
  }
  assert.equal(app.stderr, '')
})

test('spans without addTags get their tags one by one, and those that refuse them stay', async (t) => {
  const refusing = "Span.prototype.addTags = () => { throw new Error('no tags') }"
  for (const change of ['delete Span.prototype.addTags', refusing]) {
    const source = `${printingTracer}
      ${change}
      tracer.startSpan = (name) => new Span(name, {})
      module.exports = tracer`
    const TRACE_TRACER = join(temporaryFolder(t, { 'tracer.js': source }), 'tracer.js')
    const app = await startApp(t, 'http.js', { env: { TRACE_TRACER } })

    await app.get('/')

    const [, span = ''] = await printed(app, /^span (.*)$/m)
    const isRefusing = change === refusing
    assert.equal(JSON.parse(span).tags['http.method'], isRefusing ? undefined : 'GET')
    assert.equal(JSON.parse(span).tags['http.status_code'], 200)
    assert.equal(app.stderr, isRefusing ? 'tracing: the tracer failed in addTags(): no tags\n' : '')
  }
})

test("OpenTracing's MockTracer gets every tag, and its missing methods cost one line each", async (t) => {
  const folder = temporaryFolder(t, { 'mock.js': mockTracer })

  const ended = await runScript(t, 'once.js', { env: { TRACE_TRACER: join(folder, 'mock.js'), TRACE_CLIENT: 'false' } })

  const [, span = ''] = /^span (.*)$/m.exec(ended.stdout) ?? []
  const { name, tags, finished } = JSON.parse(span)
  assert.deepEqual([name, finished, tags['span.kind'], tags['http.method']], ['GET', true, 'server', 'GET'])
  assert.deepEqual([tags.component, tags['http.status_code']], ['http', 200])
  assert.match(String(tags['http.url']), /^http:\/\/localhost:\d+\/$/)
  assert.equal(ended.code, 0)
  assert.match(ended.stderr, /^(tracing: the tracer failed in extract\(\): .*\n)?$/)
})

test('TRACE_TRACER=noop sends nothing and says nothing', async (t) => {
  const ended = await runScript(t, 'once.js', { env: { TRACE_TRACER: 'noop' } })

  assert.deepEqual([ended.code, ended.stdout, ended.stderr], [0, 'hello\n', ''])
  assert.deepEqual(ended.collector.spans, [])
})

const refused: Record<string, string> = {
  'a function that returns a promise': 'module.exports = async () => tracer',
  'a function whose promise is rejected': "module.exports = async () => { throw new Error('no tracer') }",
  'a function that throws': "module.exports = () => { throw new Error('no tracer\\ntoday') }",
  'a function that returns nothing': 'module.exports = () => {}',
  'a class': 'module.exports = class Tracer { startSpan() {} }',
  'no tracer': 'exports.tracer = tracer',
  nothing: '',
  'what cannot be parsed': 'module.exports = {',
  'a proxy that throws': "module.exports = new Proxy({}, { get() { throw new Error('trapped') } })",
}
for (const [name, source] of Object.entries(refused)) {
  test(`a TRACE_TRACER that exports ${name} is one line, and jaeger stands in`, async (t) => {
    const file = join(temporaryFolder(t, { 'tracer.js': printingTracer + source }), 'tracer.js')
    const app = await startApp(t, 'http.js', { env: { TRACE_TRACER: file } })

    await app.get('/')

    await app.span()
    assert.ok(app.stderr.startsWith(`tracing: TRACE_TRACER=${JSON.stringify(file)} is not jaeger, `), app.stderr)
    assert.match(app.stderr, /noop or a module that exports a tracer \(.*\); using jaeger\n$/)
  })
}

test('a flush that promises is waited for before a signal ends the process', async (t) => {
  const source = `${printingTracer}
    tracer.flush = async () => { await new Promise((resolve) => setTimeout(resolve, 100)); print('flushed') }
    module.exports = tracer`
  const TRACE_TRACER = join(temporaryFolder(t, { 'tracer.js': source }), 'tracer.js')
  const app = await startApp(t, 'http.js', { env: { TRACE_TRACER, TRACE_FLUSH_SIGNALS: 'SIGTERM' } })
  await app.get('/')

  const ended = await app.stop()

  assert.equal(ended.signal, 'SIGTERM')
  assert.match(ended.stdout, /^span "flushed"$/m)
})

for (const also of ['', ',noop']) {
  test(`a flush that sets something going each time lets the process end${also && ', one of several'}`, async (t) => {
    const source = `${printingTracer}
      tracer.flush = () => { setTimeout(() => print('sent'), 1) }
      module.exports = tracer`
    const file = join(temporaryFolder(t, { 'tracer.js': source }), 'tracer.js')

    const ended = await runScript(t, 'once.js', { env: { TRACE_TRACER: file + also } })

    assert.deepEqual([ended.code, ended.stderr], [0, ''])
    assert.equal(ended.stdout.match(/^span "sent"$/gm)?.length, 1)
  })
}

for (const [what, promise] of [
  ['is rejected', "Promise.reject(new Error('down'))"],
  ['never ends', 'new Promise(() => {})'],
] as const) {
  test(`a flush whose promise ${what} does not change how the process ends`, async (t) => {
    const source = `${printingTracer}tracer.flush = () => ${promise}; module.exports = tracer`
    const TRACE_TRACER = join(temporaryFolder(t, { 'tracer.js': source }), 'tracer.js')

    const ended = await runScript(t, 'once.js', { env: { TRACE_TRACER, TRACE_FLUSH_TIMEOUT: '100' } })

    assert.equal(ended.code, 0)
    assert.equal(ended.stderr, what === 'is rejected' ? 'tracing: the tracer failed in flush(): down\n' : '')
  })
}

test('a TRACE_TRACER that is an ES module with a top-level await is one line', async (t) => {
  const file = join(
    temporaryFolder(t, { 'tracer.mjs': `await 1\n${printingModule}export default tracer` }),
    'tracer.mjs',
  )
  const app = await startApp(t, 'http.js', { env: { TRACE_TRACER: file } })

  await app.get('/')

  await app.span()
  assert.match(app.stderr, /^tracing: TRACE_TRACER=.*\(.* at once.*\); using jaeger\n$/)
})

test('a TRACE_TRACER that does not exist is one line, and jaeger stands in', async (t) => {
  for (const name of ['./no-such-file.js', 'no-such-package']) {
    const app = await startApp(t, 'http.js', { env: { TRACE_TRACER: name } })

    await app.get('/')

    await app.span()
    assert.match(app.stderr, /^tracing: TRACE_TRACER=.*Cannot find module '[^']*'\); using jaeger\n$/)
  }
})
