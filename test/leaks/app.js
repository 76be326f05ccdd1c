const { AsyncResource } = require('node:async_hooks')
const http = require('node:http')
const { createRequire } = require('node:module')
const { join } = require('node:path')
const timers = require('node:timers/promises')
const { getSpan } = require('tracing')

const apps = join(__dirname, '..', 'apps')
const serveExpress4 = expressApp(createRequire(join(apps, 'express-4', '/'))('express'))
const serveExpress5 = expressApp(createRequire(join(apps, 'express-5', '/'))('express'))

let requests = 0
let calls = 0
let live = 0
const spans = new FinalizationRegistry(() => live--)
const sockets = new Set()
const kept = []

// Everything that an app may do with a request: what the first part of its path says.
const handlers = {
  plain: (_req, res) => res.end('done.'),
  half: (_req, res) => res.write('half'),
  never: () => {},
  upload: (req, res) => req.on('end', () => res.end('done.')).resume(),
  events,
  call,
  keep(_req, res) {
    kept.push(new AsyncResource('kept'))
    res.end('done.')
  },
  'express-4': serveExpress4,
  'express-5': serveExpress5,
}

const server = http.createServer((req, res) => {
  note()
  handlers[req.url.split('/', 2)[1]](req, res)
})
server.on('upgrade', (_req, socket) => {
  note()
  // Node leaves it to the app to close its half of such a connection.
  socket
    .on('error', () => {})
    .on('end', () => socket.end())
    .resume()
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\ndone.')
})
server.on('connection', (socket) => {
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket))
})
// Connections that clients keep are there at each look; those of the app's own calls its pools close.
server.keepAliveTimeout = 0
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))

process.on('SIGUSR2', async () => {
  await settle()
  const { heapUsed: heap, rss } = process.memoryUsage()
  const report = { requests, calls, live, kept: kept.length, heap, rss, handles: handles(), listeners: listeners() }
  console.log(`report ${JSON.stringify(report)}`)
})

function note() {
  requests++
  const span = getSpan()
  if (span === undefined) return
  live++
  spans.register(span)
}

async function events(_req, res) {
  res.setHeader('Content-Type', 'text/event-stream')
  for (let count = 1; !res.destroyed; count++) {
    res.write(`data: ${count}\n\n`)
    await timers.setTimeout(1)
  }
}

async function call(_req, res) {
  const url = `http://127.0.0.1:${server.address().port}/plain`
  calls += 2
  await (await fetch(url)).text()
  http.get(url, (answer) => answer.resume().on('end', () => res.end('done.')))
}

function expressApp(express) {
  const app = express()
  const users = express.Router({ mergeParams: true })
  users.use((_req, _res, next) => setImmediate(next))
  users.get('/users/:id', (req, res) => res.send(`${req.params.tenant} ${req.params.id} done.`))
  users.post('/users', express.json(), (req, res) => res.json({ body: req.body, end: 'done.' }))
  app.use('/:version/tenants/:tenant', users)
  app.get('/:version/throw', () => {
    throw new Error('thrown')
  })
  app.get('/:version/reject', () => Promise.reject(new Error('rejected')))
  app.get('/:version/next', (_req, _res, next) => next(new Error('passed on')))
  app.get('/:version/later', (_req, _res, next) => setImmediate(next, new Error('passed on later')))
  app.use((err, _req, res, _next) => res.status(500).send(`${err.message} done.`))
  return app
}

/** Until the garbage collector finds no more spans. */
async function settle() {
  for (let before = Number.NaN, rounds = 0; rounds < 5; rounds++) {
    if (live !== before) rounds = 0
    before = live
    await timers.setTimeout(20)
    global.gc()
  }
}

function handles() {
  const counts = {}
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

function listeners() {
  return { process: countOf(process), server: countOf(server), sockets: [...sockets].map(countOf) }
}

function countOf(emitter) {
  return Object.fromEntries(emitter.eventNames().map((name) => [String(name), emitter.listenerCount(name)]))
}
