// What the app with a call calls.
const http = require('node:http')

const server = http.createServer((_req, res) => {
  res.writeHead(200, { 'Content-Type': 'application/json' }).end('{"id":42}')
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
