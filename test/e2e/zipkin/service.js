// An Express app, traced by Zipkin's instrumentation, that calls the service which the query names and hands on its answer.
const express = require('express')
const { BatchRecorder, ExplicitContext, jsonEncoder, Tracer } = require('zipkin')
const { expressMiddleware } = require('zipkin-instrumentation-express')
const wrapFetch = require('zipkin-instrumentation-fetch')
const { HttpLogger } = require('zipkin-transport-http')

const { ZIPKIN_ENDPOINT: endpoint, SERVICE_NAME: localServiceName } = process.env
const logger = new HttpLogger({ endpoint, jsonEncoder: jsonEncoder.JSON_V2, httpInterval: 100 })
const tracer = new Tracer({ ctxImpl: new ExplicitContext(), recorder: new BatchRecorder({ logger }), localServiceName })
const tracedFetch = wrapFetch(fetch, { tracer })

const app = express()
app.use(expressMiddleware({ tracer }))

app.get('/fetch', async (req, res) => {
  const response = await tracedFetch(req.query.then)
  res.send(await response.text())
})

app.get('/end', (_req, res) => {
  res.json({})
})

const server = app.listen(0, () => console.log(`listening on ${server.address().port}`))
