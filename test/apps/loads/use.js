// The first thing that is made after http has been loaded: a call, or a server. In the same tick, where that can be.
module.exports = (http, first = process.argv.at(-1)) => {
  const uses = {
    call: () => http.get({ host: '127.0.0.1', port: 1 }).on('error', () => console.log('done')),
    serve() {
      const server = http.createServer((_req, res) => res.end())
      server.listen(0, '127.0.0.1', () => {
        const client = require('node:net').connect(server.address().port, '127.0.0.1')
        client.end('GET / HTTP/1.0\r\n\r\n')
        client.resume().on('close', () => server.close(() => console.log('done')))
      })
    },
  }
  uses[first]()
}
