const http = require('node:http')

const ACCEPT = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'

const upgrades = {
  '/accept': (socket) => {
    socket.write(ACCEPT)
    socket.pipe(socket)
  },
  '/bytes': (socket) => {
    socket.write(Buffer.from(ACCEPT))
    socket.pipe(socket)
  },
  '/refuse': (socket) => socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n'),
  '/response': (socket, req) => {
    const res = new http.ServerResponse(req)
    res.assignSocket(socket)
    res.shouldKeepAlive = false
    res.on('finish', () => socket.end())
    res.writeHead(403).end()
  },
  '/own-write': (socket) => {
    const { write } = socket
    socket.write = function (...args) {
      console.log('written through')
      return write.apply(this, args)
    }
    socket.write(ACCEPT)
    socket.write('second')
    socket.end()
  },
  '/close': (socket) => socket.destroy(),
  '/never': (socket) => socket.resume().on('end', () => socket.end()),
}

const server = http.createServer((_req, res) => res.end('hello'))
server.on('upgrade', (req, socket) => {
  console.log(`upgrade ${req.url}`)
  socket.on('error', () => {})
  upgrades[req.url](socket, req)
})
server.on('connect', (req, socket) => {
  console.log(`connect ${req.url}`)
  socket.on('error', () => {})
  socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
  socket.pipe(socket)
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
