const http = require('node:http')
const { childOf, followsFrom, FORMAT_HTTP_HEADERS, FORMAT_TEXT_MAP, FORMAT_BINARY } = require('opentracing')
const { getSpan } = require('tracing')

// Uses all that OpenTracing's API has, and answers with what it got from it.
const server = http.createServer((_req, res) => {
  const span = getSpan()
  const tracer = span.tracer()
  const bySpan = tracer.startSpan('by span', { childOf: span, tags: { a: 1 } })
  bySpan.setBaggageItem('plan', 'gold')
  const byContext = tracer.startSpan('by context', { childOf: bySpan.context() })
  const references = [childOf(byContext), followsFrom(span.context())]
  const byReference = tracer.startSpan('by reference', { references })
  byReference.setTag('one', 1).addTags({ two: 2 }).setOperationName('renamed').log({ event: 'thought' })
  byReference.logEvent('said', 'twice')

  const headers = {}
  const context = span.context()
  tracer.inject(byContext, FORMAT_HTTP_HEADERS, headers)
  tracer.inject(span.context(), FORMAT_BINARY, {})
  const remote = tracer.extract(FORMAT_TEXT_MAP, headers)
  const byHeaders = tracer.startSpan('by headers', { childOf: remote })

  for (const each of [byHeaders, byReference, byContext, bySpan]) each.finish()
  const answer = {
    traceId: span.context().toTraceId(),
    spanId: byContext.context().toSpanId(),
    isSampled: span.context().isSampled?.(),
    baggage: byHeaders.getBaggageItem('plan'),
    isSameTracer: byHeaders.tracer() === tracer,
    isSameContext: context === span.context(),
    references: references.length,
    nothing: tracer.extract(FORMAT_HTTP_HEADERS, {}),
    headers,
  }
  res.end(JSON.stringify(answer))
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
