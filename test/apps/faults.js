const express = require('express')
const { getSpan } = require('tracing')

const app = express()
app.get('/users/:id', (req, res) => res.json({ id: req.params.id }))
app.post('/orders', express.json(), (req, res) => res.status(201).send(req.body))
app.get('/broken', () => {
  throw new Error('broken')
})

// What a test does to the app, and to the world that the app lives in.
app.get('/world/:change/:value', ({ params }, res) => {
  globalThis.world[params.change](Number(params.value))
  res.end()
})
app.get('/within-span/:change/:value', ({ params }, res) => {
  const span = getSpan()?.tracer().startSpan('change')
  globalThis.world[params.change](Number(params.value))
  span?.finish()
  res.end()
})
app.get('/block/:milliseconds', ({ params }, res) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(params.milliseconds))
  res.end()
})
app.get('/burst/:count', ({ params }, res) => {
  const tracer = getSpan()?.tracer()
  for (let count = Number(params.count); tracer !== undefined && count > 0; count--) tracer.startSpan('burst').finish()
  res.end()
})
app.get('/memory', (_req, res) => res.json({ peak: process.resourceUsage().maxRSS * 1_024 }))
app.get('/end', (_req, res) => {
  res.set('connection', 'close').end()
  server.close()
  server.closeIdleConnections()
})
app.get('/exit', (_req, res) => res.end(() => process.exit(3)))

app.use((error, _req, res, _next) => res.status(500).send(error.message))

const server = app.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
// A connection that is closed as its next request comes would be an error without any fault.
server.keepAliveTimeout = 600_000
