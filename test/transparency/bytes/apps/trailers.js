const http = require('node:http')
const { perform } = require('../stage')

// Sends back the trailers of a request as those of the response.
const server = http.createServer((req, res) => {
  res.writeHead(200, { Trailer: 'X-Sum, X-Trailers', 'Transfer-Encoding': 'chunked' })
  req.pipe(res, { end: false })
  req.on('end', () => {
    res.addTrailers({ 'X-Sum': '42', 'X-Trailers': Object.keys(req.trailers).join() || 'none' })
    res.end()
  })
})
perform(server)
