import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { temporaryFolder } from '../helpers/folder.js'
import { printingTracer } from '../helpers/tracers.js'

const fail = "const fail = () => { throw new Error('the tracer is broken\\nin two lines') }\n"
const block = 'const block = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50)\n'
const spanMethods = ['setOperationName', 'setTag', 'addTags', 'log', 'finish', 'context', 'tracer', 'getBaggageItem']

/** Tracers that no app should ever notice. */
const hostile: Record<string, string> = {
  'whose every method throws': `${fail}module.exports = { startSpan: fail, extract: fail, inject: fail, flush: fail }`,
  'whose spans throw at every call': `${fail}
    for (const name of ${JSON.stringify(spanMethods)}) Span.prototype[name] = fail
    module.exports = tracer`,
  'whose spans throw at every touch': `${fail}
    module.exports = { ...tracer, startSpan: () => new Proxy({}, { get: fail, has: fail, getPrototypeOf: fail }) }`,
  'that throws what is no error': `const fail = () => { throw null }
    module.exports = { startSpan: fail, extract: fail, inject: fail }`,
  'that throws an error which cannot be read': `
    const fail = () => { throw new Proxy(new Error('x'), { get() { throw new Error('y') } }) }
    module.exports = { startSpan: fail, extract: fail, inject: fail }`,
  'that returns undefined': 'module.exports = { startSpan() {}, extract() {}, inject() {} }',
  'that returns null': 'module.exports = { startSpan: () => null, extract: () => null, inject: () => null }',
  'that returns text': "module.exports = { startSpan: () => 'span', extract: () => 'context', inject() {} }",
  'that returns empty objects': 'module.exports = { startSpan: () => ({}), extract: () => ({}), inject() {} }',
  'that has no more than startSpan': 'module.exports = { startSpan: tracer.startSpan }',
  'that blocks for 50 ms at every call': `${block}
    for (const name of ${JSON.stringify(spanMethods)}) Span.prototype[name] = block
    module.exports = { startSpan(name, options) { block(); return new Span(name, options) }, extract: block, inject: block }`,
}
const paths = ['/', '/teapot', '/fail', '/late', '/trailers']

for (const [name, source] of Object.entries(hostile)) {
  test(`a tracer ${name} changes no answer, and is not said more than once a method`, async (t) => {
    const folder = temporaryFolder(t, { 'tracer.js': `${printingTracer}${source}` })
    const env = { TRACE_TRACER: join(folder, 'tracer.js'), TRACE_INCOMING: 'restart' }
    const traced = await startApp(t, 'answers.js', { env })
    const plain = await startApp(t, 'answers.js', { node: [] })

    for (const path of paths) {
      const headers = { 'uber-trace-id': 'abc:def:0:1' }
      const [one, other] = await Promise.all([traced.get(path, headers), plain.get(path, headers)])
      assert.deepEqual([one.status, one.body], [other.status, other.body], path)
      assert.deepEqual(Object.keys(one.headers), Object.keys(other.headers), path)
    }
    const ended = await traced.stop()

    assert.equal(ended.signal, 'SIGTERM')
    const lines = ended.stderr.split('\n').filter((line) => line !== '')
    for (const line of lines)
      assert.match(line, /^tracing: the tracer failed in \w+\(\): |^tracing: a request could not/)
    assert.equal(new Set(lines.map((line) => line.replace(/\(\):.*/, ''))).size, lines.length, ended.stderr)
  })
}
