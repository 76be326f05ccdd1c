const answer = require('../answer')

/** Callbacks of `router.param`. */
module.exports = (app, { Router }) => {
  const router = Router()
  router.param('ready', (req, _res, next, value) => {
    req.loaded = value
    next()
  })
  router.param('slow', (req, _res, next, value) => {
    setImmediate(() => {
      req.loaded = value
      next()
    })
  })
  router.param('failing', (_req, _res, next) => next(new Error('not loaded')))
  router.param('throwing', () => {
    throw new Error('cannot load')
  })
  router.param('elsewhere', (_req, _res, next) => next('route'))

  router.get('/ready/:ready', answer)
  router.get('/slow/:slow', answer)
  router.get('/failing/:failing', answer)
  router.get('/throwing/:throwing', answer)
  router.get(['/one/:throwing', '/two/:failing'], answer)
  router.get('/elsewhere/:elsewhere', answer)
  router.get('/elsewhere/:here', answer)

  const inside = Router()
  inside.get('/inside/:id', answer)
  router.use('/mount/:failing', inside)
  router.use('/mounted/:slow', inside)
  app.use('/parameters', router)
}
