const http = require('node:http')
const { perform } = require('../stage')

const streams = new Set()

// Sends events until the client goes away.
const server = http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  res.write('data: first\n\n')
  streams.add(res)
  req.resume()
  res.on('close', () => streams.delete(res))
  req.on('aborted', () => res.write('data: nobody reads this\n\n'))
})
perform(server, {
  begin: () => streams.clear(),
  commands: {
    more: () => {
      for (const res of streams) res.write('data: more\n\n')
    },
    last: () => {
      for (const res of streams) res.end('data: last\n\n')
    },
  },
})
