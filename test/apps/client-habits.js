const http = require('node:http')
const { once } = require('node:events')

// What Node does of itself with a call that the app does not look after.
const habits = {
  'an error that nobody handles': (_port, done) => {
    done()
    http.get({ port: 1, host: '127.0.0.1' })
  },
  'a body that nobody reads': (port, done) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
    const get = (path, then) => http.get({ port, path, agent }).on('close', then)
    get('/large', () => {
      console.log('the connection is free again')
      get('/large', done)
    })
  },
  'an upgrade that nobody wants': (port, done) => {
    const req = http.get({ port, path: '/upgrade', headers: { Connection: 'Upgrade', Upgrade: 'x' } })
    req.on('close', () => {
      console.log('closed', req.destroyed)
      done()
    })
  },
  'the listeners of a call': (port, done) => {
    const count = (emitter) => emitter.eventNames().map((name) => `${String(name)} ${emitter.listenerCount(name)}`)
    const req = http.get({ port, path: '/' }, (res) => {
      console.log('req', count(req), Object.getOwnPropertyNames(req).join())
      console.log('res', count(res), Object.getOwnPropertyNames(res).join())
      console.log('socket', count(res.socket), Object.getOwnPropertyNames(res.socket).join())
      res.resume().on('end', done)
    })
  },
  'headers that are changed before they are read': (port, done) => {
    http.get({ port, path: '/' }, (res) => {
      res.rawHeaders[0] = 'X-Own'
      console.log('x-own' in res.headers)
      res.resume().on('end', done)
    })
  },
  'as many headers as a server takes': async (port, done) => {
    for (let count = 80; count < 110; count++) {
      const headers = Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, index]))
      const [called] = await once(http.get({ port, path: '/limit', headers, agent: false }), 'response')
      const fetched = await fetch(`http://127.0.0.1:${port}/limit`, { headers })
      console.log(count, called.resume().statusCode, fetched.status, await fetched.text())
    }
    done()
  },
}

const server = http.createServer((req, res) => {
  // As Python's server does.
  if (req.url === '/limit' && req.rawHeaders.length / 2 > 99) res.statusCode = 431
  res.end(req.url === '/large' ? Buffer.alloc(1_000_000) : 'small')
})
server.on('upgrade', (_req, socket) => {
  socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
})
server.listen(0, '127.0.0.1', () => {
  const [, , habit] = process.argv
  habits[habit](server.address().port, () => {
    console.log('done')
    server.close()
    server.closeAllConnections()
  })
})
