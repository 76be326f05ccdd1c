const { once } = require('node:events')
const http = require('node:http')
const { connect } = require('node:net')
const { add, choose } = require('./facts')
const { listen } = require('./exchange')
const { describe, look } = require('./look')
const { nameOf, visited } = require('./shapes')

const heads = {
  upgrade: 'GET /chat HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n',
  connect: 'CONNECT test:1 HTTP/1.1\r\nHost: test:1\r\n\r\n',
}

/** Has a server take connections over, and notes what its listeners find before and after they answer. */
exports.shakeHands = async () => {
  for (const [event, head] of Object.entries(heads)) {
    const server = http.createServer()
    server.on(event, (req, socket) => {
      observe(`${event}, not answered`, server, req, socket)
      socket.on('end', () => {
        observe(`${event}, ended by the client`, server, req, socket)
        socket.end()
      })
      socket.on('close', () => observe(`${event}, closed`, server, req, socket))
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n')
      observe(`${event}, answered`, server, req, socket)
    })
    await listen(server)
    const client = connect(server.address().port, '127.0.0.1')
    await once(client, 'connect')
    choose(client.localPort, 'CLIENT_PORT')
    client.write(head)
    await once(client, 'data')
    client.end()
    server.close()
    await once(server, 'close')
  }
}

function observe(where, server, req, socket) {
  look(where, { server, req })
  describe(where, 'socket', socket)
  add('what requests have', `${where}: properties of the socket`, Reflect.ownKeys(socket).map(nameOf))
  add('what requests have', `${where}: visited of the socket`, visited(socket))
}
