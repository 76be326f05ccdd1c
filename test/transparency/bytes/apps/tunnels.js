const http = require('node:http')
const { perform } = require('../stage')

// A proxy whose tunnels lead back to the client.
const server = http.createServer((req, res) => res.end(`proxied ${req.url}\n`))
server.on('connect', (req, socket, head) => {
  if (req.url.startsWith('refused')) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  if (req.url.startsWith('destroyed')) return socket.destroy()
  socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
  socket.write(head)
  socket.pipe(socket)
})
perform(server)
