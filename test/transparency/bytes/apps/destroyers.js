const http = require('node:http')
const { perform } = require('../stage')

const ends = {
  '/res': (_req, res) => res.destroy(),
  '/res-error': (_req, res) => res.destroy(new Error('given up')),
  '/req': (req) => req.destroy(),
  '/req-error': (req) => req.destroy(new Error('given up')).on('error', () => {}),
  '/socket': ({ socket }) => socket.destroy(),
  '/socket-end': ({ socket }) => socket.end(),
  '/reset': ({ socket }) => socket.resetAndDestroy(),
  '/ended': (_req, res) => res.end('ended').destroy(),
  '/twice': (_req, res) =>
    res
      .on('error', () => {})
      .end('once')
      .end('twice'),
  '/late': (_req, res) => res.on('finish', () => res.destroy()).end('late'),
  '/head': (_req, res) => {
    res.flushHeaders()
    res.destroy()
  },
  '/detach': (_req, res) => {
    const { socket } = res
    res.detachSocket(socket)
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nown')
  },
}

// Breaks off in every way there is.
const server = http.createServer((req, res) => {
  const end = ends[req.url]
  if (end !== undefined) return end(req, res)
  res.write('half')
  req.resume().on('end', () => res.destroy())
})
perform(server)
