const http = require('node:http')
const { perform } = require('../stage')

// Has its own answer to what is no request, and takes three requests a connection.
const server = http.createServer((req, res) => {
  req.resume().on('end', () => res.end('served\n'))
})
server.maxRequestsPerSocket = 3
server.on('clientError', (error, socket) => {
  if (socket.writable) socket.end(`HTTP/1.1 400 ${error.code}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
})
perform(server)
