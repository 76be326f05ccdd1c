const { EventEmitter } = require('node:events')
const http = require('node:http')

// What tests of apps do: clocks that stand still, timers that never ring, and a spy on all events.
const fake = () => 0
Object.assign(globalThis, { setImmediate: fake, setTimeout: fake, setInterval: fake })
Date.now = fake
performance.now = fake
const seen = new Set()
const { emit } = EventEmitter.prototype
EventEmitter.prototype.emit = function (...args) {
  if (this instanceof http.Server || this instanceof http.IncomingMessage || this instanceof http.ServerResponse) {
    seen.add(`${this.constructor.name} ${String(args[0])}`)
  }
  return Reflect.apply(emit, this, args)
}

const server = http.createServer((_req, res) => res.end([...seen].join()))
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
