// Takes what agents send, over HTTP and UDP, and answers as if all were well.
const { createSocket } = require('node:dgram')
const { once } = require('node:events')
const { createServer } = require('node:http')

/** A sink on ports that are free. `messages` counts what has arrived. */
async function startSink() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  const server = createServer().listen(0, '127.0.0.1')
  await Promise.all([once(socket, 'listening'), once(server, 'listening')])
  const sink = {
    url: `http://127.0.0.1:${server.address().port}`,
    udpPort: socket.address().port,
    messages: 0,
    close() {
      socket.close()
      server.close()
      server.closeAllConnections()
    },
  }
  socket.on('message', () => sink.messages++)
  server.on('request', (req, res) => {
    req.on('error', () => {}).resume()
    req.on('end', () => {
      if (req.method !== 'GET') sink.messages++
      // Datadog's tracer reads a body, the others the status alone.
      res.setHeader('Content-Type', 'application/json')
      res.end('{}')
    })
  })
  return sink
}

module.exports = { startSink }
