const answer = require('../answer')

/** Requests that middleware makes into other requests. */
module.exports = (app, { Router }) => {
  app.use((req, _res, next) => {
    req.url = req.url.replace(/^\/old\//, '/renamed/')
    next()
  })
  app.get('/renamed/:id', answer)

  app.get('/alias/:id', (req, _res, next) => {
    req.url = `/target/${req.params.id}`
    next()
  })
  app.get(['/elsewhere', '/target/:id'], answer)

  const router = Router()
  router.use((req, _res, next) => {
    req.url = '/inside/7'
    next()
  })
  router.get('/inside/:id', answer)
  app.use('/rewritten', router)

  app.use('/override', (req, _res, next) => {
    req.method = 'PUT'
    next()
  })
  app.put('/override/:id', answer)

  app.get('/again/:id', (req, res, next) => {
    req.url = `/renamed/${req.params.id}`
    app.handle(req, res, next)
  })
}
