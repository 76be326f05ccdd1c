// An Express app that calls itself. It knows nothing of tracing.
const http = require('node:http')
const express = require('express')

const app = express()

app.get('/orders/:id', (req, res) => {
  const { port } = server.address()
  http.get({ host: '127.0.0.1', port, path: `/stock/${req.params.id}`, agent: false }, (answer) => answer.pipe(res))
})

app.get('/stock/:product', (req, res) => {
  res.json(req.headers)
})

app.get('/broken', () => {
  throw new RangeError('out of stock')
})

app.get('/text', (_req, _res, next) => {
  next('sold out')
})

const server = app.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
