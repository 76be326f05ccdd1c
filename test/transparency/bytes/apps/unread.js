const http = require('node:http')
const { perform } = require('../stage')

// Answers before it has read anything, and never reads: what is left of a request is in the way of the next.
const server = http.createServer((req, res) => {
  if (req.url === '/close') res.setHeader('Connection', 'close')
  if (req.url === '/large') return res.end('large '.repeat(2_000))
  if (req.url === '/empty') return res.writeHead(204).end()
  if (req.url === '/length') return res.writeHead(200, { 'Content-Length': 3 }).end('yes')
  if (req.url === '/pairs') return res.writeHead(200, 'Fine', ['X-Pair', '1', 'x-pair', '2']).end('pairs')
  if (req.url === '/not-modified') return res.writeHead(304, { ETag: '"1"' }).end()
  res.end('answered\n')
})
perform(server, { byListeners: true })
