// Runs a script inside a request, which ends with the process: some agents trace no calls of others.
const http = require('node:http')
const net = require('node:net')

const server = http.createServer((req) => {
  for (const handle of [server, req.socket, client]) handle.unref()
  require(process.argv[2])
})
let client
server.listen(0, '127.0.0.1', () => {
  client = net.connect(server.address().port, '127.0.0.1').end('GET / HTTP/1.1\r\nHost: bench\r\n\r\n')
})
