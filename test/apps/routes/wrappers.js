const { setImmediate: turn } = require('node:timers/promises')

/** A router whose handlers may return promises, in the way of express-promise-router. */
module.exports = (app, { Router }) => {
  const router = promising(Router())
  router.use(async () => {
    await turn()
    return 'next'
  })
  router.get('/first/:id', async () => 'next')
  router.get('/first/:other', async (req) => `other ${req.params.other}`)
  router.route('/chain/:id').get((_req, res) => res.end('chained'))
  app.use('/promising/:who', router)
}

function promising(router) {
  for (const method of ['get', 'use']) {
    const define = router[method]
    router[method] = (...args) => define.apply(router, args.map(awaiting))
  }
  return router
}

function awaiting(handler) {
  if (typeof handler !== 'function') return handler
  return (req, res, next) => {
    Promise.resolve(handler(req, res)).then((returned) => (returned === 'next' ? next() : res.end(returned)), next)
  }
}
