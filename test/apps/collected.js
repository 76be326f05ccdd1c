const http = require('node:http')
const { once } = require('node:events')
const { getSpan } = require('tracing')

const spans = []

// Every way in which an app can keep a request without an answer, and the normal one.
const server = http.createServer((req, res) => {
  spans.push(new WeakRef(getSpan()))
  if (req.url === '/answered') res.end('hello')
  if (req.url === '/late') setTimeout(() => res.end('late'), 1)
})

/** A request that no connection brought, and that nobody answers. */
function emitByHand() {
  const req = new http.IncomingMessage(null)
  Object.assign(req, { method: 'GET', url: '/by-hand' })
  server.emit('request', req, new http.ServerResponse(req))
}

server.listen(process.env.PORT, async () => {
  for (let count = 0; count < 10; count++) emitByHand()
  // The connection of the answered ones stays open, for as long as the process lives.
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  for (const path of ['/answered', '/late', '/answered']) {
    const [answer] = await once(http.get({ agent, port: server.address().port, path }), 'response')
    await once(answer.resume(), 'end')
  }
  const left = http.get({ agent: false, port: server.address().port, path: '/left' })
  left.on('error', () => {})
  await once(server, 'request')
  left.destroy()

  console.log(`listening on ${server.address().port}`)
  while (spans.some((span) => span.deref() !== undefined)) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    global.gc()
  }
  console.log(`collected ${spans.length}`)
})
