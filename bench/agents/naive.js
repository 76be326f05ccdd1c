// What a team writes in an afternoon: a span for each request, with jaeger-client as its docs set it up. No routes, no
// calls; the spans go over UDP to JAEGER_AGENT_HOST.
const { AsyncLocalStorage } = require('node:async_hooks')
const { Server } = require('node:http')
const { initTracerFromEnv } = require('jaeger-client')
const { FORMAT_HTTP_HEADERS, Tags } = require('opentracing')

const tracer = initTracerFromEnv({ serviceName: 'bench', sampler: { type: 'const', param: 1 } }, {})
const storage = new AsyncLocalStorage()
const { emit } = Server.prototype
Server.prototype.emit = function (...args) {
  const [event, req, res] = args
  if (event !== 'request') return Reflect.apply(emit, this, args)
  const span = tracer.startSpan(req.method, {
    childOf: tracer.extract(FORMAT_HTTP_HEADERS, req.headers) ?? undefined,
    tags: {
      [Tags.SPAN_KIND]: Tags.SPAN_KIND_RPC_SERVER,
      [Tags.HTTP_METHOD]: req.method,
      [Tags.HTTP_URL]: `http://${req.headers.host}${req.url}`,
      [Tags.COMPONENT]: 'http',
    },
  })
  res.on('close', () => {
    span.setTag(Tags.HTTP_STATUS_CODE, res.statusCode)
    span.finish()
  })
  return storage.run(span, () => Reflect.apply(emit, this, args))
}
