const http = require('node:http')
const { perform } = require('../stage')

const ACCEPTED = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'

// Hands connections over to another protocol, which sends back what it gets.
const server = http.createServer((req, res) => {
  req.resume().on('end', () => res.end('not upgraded\n'))
})
const waiting = new Set()
server.on('upgrade', (req, socket, head) => {
  if (req.url === '/refuse') return socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n')
  if (req.url === '/destroy') return socket.destroy()
  if (req.url === '/reset') return socket.resetAndDestroy()
  if (req.url === '/late') return waiting.add(() => accept(socket, head))
  if (req.url === '/in-parts') {
    socket.write(ACCEPTED.slice(0, 10))
    return socket.write(ACCEPTED.slice(10), () => socket.end())
  }
  if (req.url === '/response') {
    const res = new http.ServerResponse(req)
    res.assignSocket(socket)
    res.on('finish', () => socket.end())
    return res.writeHead(403, { Connection: 'close' }).end('no\n')
  }
  accept(socket, head)
})
perform(server, {
  byListeners: true,
  begin: () => waiting.clear(),
  commands: {
    accept: () => {
      for (const go of waiting) go()
      waiting.clear()
    },
  },
})

function accept(socket, head) {
  socket.write(ACCEPTED)
  if (head.length > 0) socket.write(head)
  socket.pipe(socket)
}
