const http = require('node:http')

const listeners = (emitter) =>
  Object.fromEntries(emitter.eventNames().map((name) => [String(name), emitter.listenerCount(name)]))
const look = (object) => ({ own: Reflect.ownKeys(object).map(String), listeners: listeners(object) })
const method = (object, name) => [object[name].name, object[name].length, Object.keys(object[name])]

function describe(req, res, socket) {
  const inherited = []
  for (const name in req) inherited.push(name)
  return {
    server: look(server),
    req: look(req),
    socket: { keys: Object.keys(socket), listeners: listeners(socket) },
    inherited: inherited.sort(),
    headers: req.rawHeaders,
    ...(res && { res: look(res), resHeaders: res.getHeaders() }),
  }
}

const server = http.createServer((req, res) => {
  const seen = [describe(req, res, req.socket)]
  req.on('end', () => {
    seen.push(describe(req, res, req.socket))
    res.on('close', () => {
      seen.push(describe(req, res, req.socket ?? {}))
      console.log(JSON.stringify(seen, null, 1))
      console.log('done')
    })
    res.end('hello')
  })
  req.resume()
})
server.on('upgrade', (req, socket) => {
  const seen = [describe(req, undefined, socket)]
  socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
  seen.push(describe(req, undefined, socket), Reflect.ownKeys(socket).map(String))
  console.log(JSON.stringify(seen, null, 1))
  console.log('done')
  socket.end()
})

const methods = [
  [http.Server.prototype, 'emit'],
  [http.IncomingMessage.prototype, 'emit'],
  [http.ServerResponse.prototype, 'emit'],
  [require('node:module').prototype, 'require'],
]
const process_ = Object.fromEntries(
  ['SIGTERM', 'SIGINT', 'SIGHUP', 'uncaughtException', 'unhandledRejection', 'warning'].map((name) => [
    name,
    process.listenerCount(name),
  ]),
)
server.listen(process.env.PORT, () => {
  setImmediate(() => {
    console.log(JSON.stringify(methods.map(([object, name]) => method(object, name))))
    console.log(JSON.stringify([process_, Object.keys(globalThis), Error.stackTraceLimit]))
    console.log(`listening on ${server.address().port}`)
  })
})
