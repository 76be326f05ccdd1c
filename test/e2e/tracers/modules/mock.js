// OpenTracing's tracer for tests, which shows what it has recorded when it is asked to flush.
const { MockTracer } = require('opentracing')

const tracer = new MockTracer()
tracer.flush = () => {
  for (const span of tracer.report().spans) console.log('span', JSON.stringify([span.operationName(), span.tags()]))
}

module.exports = tracer
