const http = require('node:http')
const { perform } = require('../stage')

const options = {
  insecureHTTPParser: true,
  requireHostHeader: false,
  joinDuplicateHeaders: true,
  maxHeaderSize: 25_000,
}

// Takes what others refuse, and goes on after the client has said all it had to say.
const server = http.createServer(options, (req, res) => {
  let bytes = 0
  req.on('data', (chunk) => {
    bytes += chunk.length
  })
  req.on('end', () => setImmediate(() => res.end(`${req.method} ${req.url} ${bytes} ${req.headers.host}\n`)))
})
server.httpAllowHalfOpen = true
perform(server)
