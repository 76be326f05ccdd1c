const { setImmediate: turn } = require('node:timers/promises')

/** An app that makes Express 4 wait for promises, in the way of express-async-errors. */
module.exports = (express) => {
  const probe = express()
  probe.use(() => {})
  const Layer = probe._router.stack[0].constructor
  Object.defineProperty(Layer.prototype, 'handle', {
    enumerable: true,
    get() {
      return this.__handle
    },
    set(handler) {
      this.__handle = awaiting(handler)
    },
  })

  const app = express()
  const router = express.Router()
  router.get('/rejected/:id', async () => {
    await turn()
    throw new TypeError('rejected')
  })
  router.get('/answered/:id', async (_req, res) => {
    await turn()
    res.end('answered')
  })
  app.use('/async', router)
  app.use(async (err, _req, res, _next) => {
    await turn()
    res.status(503).end(err.message)
  })
  return app
}

function awaiting(handler) {
  function waiting(...args) {
    const returned = handler.apply(this, args)
    returned?.catch?.(args.at(-1))
    return returned
  }
  Object.defineProperty(waiting, 'length', { value: handler.length })
  return Object.assign(waiting, handler)
}
