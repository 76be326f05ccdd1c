import http from 'node:http'
import { globalTracer, initGlobalTracer, MockTracer } from 'opentracing'

// An app with a tracer of its own, which it sets while it already serves.
class OwnTracer extends MockTracer {
  _startSpan(name, fields) {
    return Object.assign(super._startSpan(name, fields), { parent: fields.references?.[0]?.referencedContext().span() })
  }
  _inject() {}
  _extract() {
    return null
  }
}
const own = new OwnTracer()
const server = http.createServer((req, res) => {
  if (req.url === '/init') initGlobalTracer(own)
  const span = globalTracer().startSpan('child by hand')
  span.finish()
  res.on('close', () => setImmediate(report))
  res.end()
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))

const shown = new Set()
function report() {
  const finished = own._spans.filter((span) => span._finishMs > 0 && !shown.has(span))
  for (const span of finished) shown.add(span)
  const fields = finished.map((span) => ({
    name: span.operationName(),
    parent: span.parent?.operationName(),
    url: span.tags()['http.url'] && new URL(span.tags()['http.url']).pathname,
  }))
  console.log(`spans: ${JSON.stringify(fields)}`)
}
