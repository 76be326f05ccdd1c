const http = require('node:http')
const { perform } = require('../stage')

// Waits for nobody.
const options = { headersTimeout: 1_000, requestTimeout: 1_200, connectionsCheckingInterval: 20, keepAliveTimeout: 10 }
const server = http.createServer(options, (req, res) => {
  if (req.url === '/slow') return res.setTimeout(10)
  if (req.url === '/slow-handled') return res.setTimeout(10, () => res.end('timed out\n'))
  req.resume().on('end', () => res.end('in time\n'))
})
perform(server)
