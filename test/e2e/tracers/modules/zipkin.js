// Zipkin's OpenTracing tracer, as its own documentation makes it.
const { BatchRecorder, jsonEncoder } = require('zipkin')
const Tracer = require('zipkin-javascript-opentracing')
const { HttpLogger } = require('zipkin-transport-http')

const logger = new HttpLogger({ endpoint: process.env.COLLECTOR, jsonEncoder: jsonEncoder.JSON_V2, httpInterval: 50 })

module.exports = new Tracer({
  serviceName: process.env.SERVICE,
  kind: 'server',
  recorder: new BatchRecorder({ logger }),
})
