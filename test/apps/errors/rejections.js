const { setImmediate: turn } = require('node:timers/promises')

/** Promises that Express 5 waits for. */
module.exports = (app, { Router }) => {
  app.get('/rejected/:id', async () => {
    await turn()
    throw new TypeError('rejected')
  })
  app.get('/rejected-with-nothing/:id', () => Promise.reject())
  app.get('/rejected-with-text/:id', () => Promise.reject('boom'))
  app.use('/rejected-by-middleware', async () => {
    throw new Error('rejected by middleware')
  })
  app.get('/rejected-by-handler/:id', async () => {
    throw new Error('first')
  })
  app.use('/rejected-by-handler', async (_err, _req, _res, _next) => {
    throw new TypeError('second')
  })
  app.get('/passed-and-rejected/:id', async (_req, _res, next) => {
    const error = new Error('passed on, then rejected')
    next(error)
    throw error
  })

  const router = Router()
  router.param('rejecting', async () => {
    throw new Error('not loaded')
  })
  router.get('/:rejecting', (_req, res) => res.end())
  app.use('/rejected-parameter', router)
}
