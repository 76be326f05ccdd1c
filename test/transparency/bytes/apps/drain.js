const http = require('node:http')
const { perform } = require('../stage')

const waiting = []

// Lets go of its connections.
const server = http.createServer((req, res) => {
  req.resume()
  if (req.url === '/last') res.shouldKeepAlive = false
  if (req.url === '/hold') return waiting.push(() => res.end('held\n'))
  res.end('served\n')
})
perform(server, {
  byListeners: true,
  begin: () => waiting.splice(0),
  commands: {
    closeIdle: () => server.closeIdleConnections(),
    closeAll: () => server.closeAllConnections(),
    answer: () => {
      for (const each of waiting.splice(0)) each()
    },
  },
})
