const http = require('node:http')
const { perform } = require('../stage')

const answer = (text) => (req, res) => req.resume().on('end', () => res.end(text))

// Decides on expectations itself.
const server = http.createServer(answer('served\n'))
server.on('checkContinue', (req, res) => {
  if (req.url === '/refuse') return res.writeHead(413, { Connection: 'close' }).end('too much\n')
  if (req.url === '/ignore') return res.end('answered without the body\n')
  if (req.url === '/emit') {
    res.writeContinue()
    return server.emit('request', req, res)
  }
  res.writeContinue()
  answer('continued\n')(req, res)
})
server.on('checkExpectation', (req, res) => {
  if (req.url === '/emit') return server.emit('request', req, res)
  res.writeHead(417).end('not met\n')
})
perform(server)
