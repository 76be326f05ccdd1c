// An Express app that calls the service which the query names and hands on its answer. It knows nothing of tracing.
const http = require('node:http')
const express = require('express')

const app = express()

app.get('/fetch', async (req, res) => {
  const response = await fetch(req.query.then)
  res.send(await response.text())
})

app.get('/http', (req, res) => {
  http.get(req.query.then, (answer) => answer.pipe(res))
})

app.get('/end', (_req, res) => {
  res.json({})
})

const server = app.listen(0, () => console.log(`listening on ${server.address().port}`))
