const http = require('node:http')

const server = http.createServer((req, res) => req.on('end', () => res.end('served')).resume())
server.on('checkContinue', (req, res) => {
  if (req.url === '/refuse') return res.writeHead(413).end()
  res.writeContinue()
  if (req.url === '/emit') return server.emit('request', req, res)
  req.on('end', () => res.end('continued')).resume()
})
server.on('checkExpectation', (_req, res) => res.writeHead(417).end())
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
