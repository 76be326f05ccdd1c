const http = require('node:http')
const { perform } = require('../stage')

// Reads a request to its end, and says what it was.
const server = http.createServer((req, res) => {
  let bytes = 0
  req.on('data', (chunk) => {
    bytes += chunk.length
  })
  req.on('end', () => res.end(`${req.method} ${req.url} ${bytes}\n`))
})
perform(server)
