/** What error handlers make of an error. */
module.exports = (app, { Router }) => {
  const fail = (_req, _res, next) => next(new Error('first'))
  const answer = (status) => (err, _req, res, _next) => {
    res.statusCode = status
    res.end(`sorry: ${err.message}`)
  }
  const passOn = (err, _req, _res, next) => next(err)
  const end = (_req, res) => res.end('recovered')

  app.get('/handled/:id', fail)
  app.use('/handled', answer(422))

  app.get('/handled-in-route/:id', fail, answer(503))

  app.get('/twice/:id', fail)
  app.use('/twice', passOn, passOn, answer(500))

  app.get('/recovered/:id', fail)
  app.use('/recovered', (_err, _req, _res, next) => next())
  app.get('/recovered/:other', end)

  app.get('/recovered-by-nobody/:id', fail)
  app.use('/recovered-by-nobody', (_err, _req, _res, next) => next())

  app.get('/recovered-in-middleware/:id', fail)
  app.use('/recovered-in-middleware', (_err, _req, _res, next) => next(), end)

  app.get('/replaced/:id', fail)
  app.use('/replaced', (_err, _req, _res, next) => next(new TypeError('second')), answer(500))

  app.get('/again/:id', fail)
  app.use('/again', (first, req, _res, next) => {
    req.first = first
    next(new TypeError('second'))
  })
  app.use('/again', (_second, req, _res, next) => next(req.first))

  app.get('/thrown-by-handler/:id', fail)
  app.use('/thrown-by-handler', (_err, _req, _res, _next) => {
    throw new TypeError('second')
  })

  const inner = Router()
  inner.get('/things/:id', fail)
  inner.use('/elsewhere', answer(418))
  inner.use('/things', answer(409))
  app.use('/inner', inner)

  const outer = Router()
  outer.get('/things/:id', fail)
  app.use('/outer', outer, answer(410))

  app.get('/not-errors/:id', (_req, _res, next) => next('route'))
  app.get('/not-errors/:other', end)

  app.get('/many/:count', (_req, _res, next) => next(new Error('error 0')))
  for (let count = 1; count < 20; count++) {
    app.use('/many', (_err, _req, _res, next) => next(new Error(`error ${count}`)))
  }
}
