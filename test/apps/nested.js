const http = require('node:http')
const { getSpan } = require('tracing')

// Makes spans of its own inside the request's, and an error whose text would like to be a line of its own.
const server = http.createServer((req, res) => {
  const span = getSpan()
  const tracer = span.tracer()
  const load = tracer.startSpan('load', { childOf: span })
  tracer.startSpan('look up', { childOf: load, tags: { 'http.status_code': 200 } }).finish()
  load.finish()
  if (req.url === '/hostile') {
    span.log({ event: 'error', 'error.kind': 'Error', message: 'first\n\u001b[2JGET /forged  200' })
    res.statusCode = 500
  }
  res.end()
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
