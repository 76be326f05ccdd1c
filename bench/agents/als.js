// The floor: each request in an AsyncLocalStorage, and nothing else.
const { AsyncLocalStorage } = require('node:async_hooks')
const { Server } = require('node:http')

const storage = new AsyncLocalStorage()
const { emit } = Server.prototype
Server.prototype.emit = function (...args) {
  if (args[0] !== 'request') return Reflect.apply(emit, this, args)
  return storage.run({ req: args[1] }, () => Reflect.apply(emit, this, args))
}
