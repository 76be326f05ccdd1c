// Takes what agents send, over HTTP and UDP, and answers as if all were well.
const { createSocket } = require('node:dgram')
const { once } = require('node:events')
const { createServer } = require('node:http')

/** Bytes, as far as the system lets a process have so much: for those whose packets come all at once. */
const RECEIVE_BUFFER = 4 * 1_024 * 1_024

/** A sink on ports that are free. `messages` counts what has arrived; with `keeps`, `take` hands it out. */
async function startSink({ keeps = false } = {}) {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  const server = createServer().listen(0, '127.0.0.1')
  await Promise.all([once(socket, 'listening'), once(server, 'listening')])
  socket.setRecvBufferSize(RECEIVE_BUFFER)
  let kept = []
  const keep = (message) => {
    sink.messages++
    if (keeps) kept.push(message)
  }
  const sink = {
    url: `http://127.0.0.1:${server.address().port}`,
    udpPort: socket.address().port,
    messages: 0,
    take() {
      const taken = kept
      kept = []
      return taken
    },
    close() {
      socket.close()
      server.close()
      server.closeAllConnections()
    },
  }
  socket.on('message', (body) => keep({ body }))
  server.on('request', (req, res) => {
    const chunks = []
    req.on('error', () => {})
    req.on('data', (chunk) => chunks.push(chunk))
    req.on('end', () => {
      const { pathname: path } = new URL(req.url, 'http://sink')
      if (req.method !== 'GET') keep({ path, headers: req.headers, body: Buffer.concat(chunks) })
      // Datadog's tracer reads a body, the others the status alone.
      res.setHeader('Content-Type', 'application/json')
      res.end('{}')
    })
  })
  return sink
}

module.exports = { startSink }
