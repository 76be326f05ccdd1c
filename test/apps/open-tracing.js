const http = require('node:http')
const { childOf, followsFrom, Tags } = require('opentracing')
const { getSpan } = require('tracing')

// Says with OpenTracing's API whatever an app may say.
const server = http.createServer((_req, res) => {
  const span = getSpan()
  const tracer = span.tracer()
  const circle = {}
  circle.itself = circle
  span.addTags({
    text: 'x',
    number: 1.5,
    flag: true,
    object: { a: 1 },
    circle,
    nothing: null,
    big: 10n,
    list: [1, 'b'],
  })
  span.setTag('long', 'y'.repeat(2_000)).setBaggageItem('plan', 'gold')
  span.log({ event: 'thought', of: { x: 1 } }).logEvent('said', 'twice')

  const failed = tracer.startSpan('failed', { childOf: span, tags: { [Tags.SPAN_KIND]: 'client', [Tags.ERROR]: true } })
  failed.log({ event: 'error', 'error.object': new TypeError('no such thing') })
  failed.finish()
  const late = tracer.startSpan('late', { references: [followsFrom(failed), childOf(span.context())] })
  late.setTag(Tags.SPAN_KIND, 'producer')
  late.finish()
  late.setTag('too', 'late').log({ event: 'late' }).finish()
  const after = tracer.startSpan('after', { references: [followsFrom(late)], startTime: Date.now() - 1_000 })
  after.log({ event: 'at' }, Date.now() - 500)
  after.finish(Date.now() - 250)
  tracer.startSpan('of another tracer', { childOf: { id: 1 } }).finish()
  tracer.startSpan('alone').finish()

  res.end(JSON.stringify({ traceId: span.context().toTraceId(), baggage: late.getBaggageItem('plan') ?? null }))
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
