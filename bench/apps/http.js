const http = require('node:http')
const { serve } = require('./serve.js')

const body = JSON.stringify({ id: 42, name: 'forty-two' })

serve(
  http.createServer((_req, res) => {
    res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length }).end(body)
  }),
)
