const http = require('node:http')
const { once } = require('node:events')

// One server hands requests on to another, starts another, or asks itself.
const inner = http.createServer((req, res) => res.end(`inner ${req.url}`))

const server = http.createServer(async (req, res) => {
  if (req.url === '/again') return inner.emit('request', req, res)
  if (req.url === '/start') {
    const started = http.createServer((_req, res) => res.end('started')).listen(0)
    await once(started, 'listening')
    const { port } = started.address()
    return http.get({ port, path: '/started' }, (answer) => answer.pipe(res).on('close', () => started.close()))
  }
  if (req.url === '/ask') return http.get({ port: server.address().port, path: '/asked' }, (answer) => answer.pipe(res))
  res.end('hello')
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
