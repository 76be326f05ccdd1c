/** How an error comes about. */
module.exports = (app, express) => {
  app.get('/thrown/:id', () => {
    throw new TypeError('thrown')
  })
  app.get('/passed/:id', (_req, _res, next) => next(new RangeError('passed on')))
  app.get('/passed-later/:id', async (_req, _res, next) => {
    await null
    next(new Error('passed on later'))
  })
  app.use('/middleware', () => {
    throw new Error('thrown in middleware')
  })
  app.get('/status/:status', (req, _res, next) => {
    next(Object.assign(new PaymentError('no money'), { status: Number(req.params.status) }))
  })
  app.post('/json/:id', express.json(), (_req, res) => res.end())
  app.get('/decoded/:id', (_req, res) => res.end())
  app.get('/answered/:id', (_req, res, next) => {
    res.end('answered')
    next(new Error('after the answer'))
  })
  app.get('/own/:id', (_req, res) => {
    res.statusCode = 500
    res.end('my own error page')
  })
}

class PaymentError extends Error {}
