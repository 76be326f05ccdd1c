import { join } from 'node:path'
import { root } from './app.js'

/** Source of a module that declares `tracer`, which prints each span that it finishes as a line of JSON. */
export const printingTracer = `
const print = (fields) => require('node:fs').writeSync(1, 'span ' + JSON.stringify(fields) + '\\n')
class Span {
  constructor(name, options) { this.name = name; this.tags = { ...options.tags } }
  context() { return this }
  tracer() { return tracer }
  setOperationName(name) { this.name = name; return this }
  setTag(key, value) { this.tags[key] = value; return this }
  addTags(tags) { Object.assign(this.tags, tags); return this }
  log() { return this }
  finish() { print({ name: this.name, tags: this.tags }) }
}
const tracer = { startSpan: (name, options) => new Span(name, options), extract: () => null, inject() {} }
`

/** OpenTracing's own tracer for tests, as source of a module that prints what it recorded when the process ends. */
export const mockTracer = `
const { MockTracer } = require(${JSON.stringify(join(root, 'node_modules', 'opentracing'))})
const tracer = new MockTracer()
process.on('exit', () => {
  for (const span of tracer.report().spans) {
    const fields = { name: span.operationName(), tags: span.tags(), finished: span._finishMs > 0 }
    require('node:fs').writeSync(1, 'span ' + JSON.stringify(fields) + '\\n')
  }
})
module.exports = tracer
`
