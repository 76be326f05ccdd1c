/** Where an error comes from. */
module.exports = (app, express) => {
  const router = express.Router()
  router.param('failing', (_req, _res, next) => next(new Error('not loaded')))
  router.param('throwing', () => {
    throw new Error('cannot load')
  })
  router.get('/failing/:failing', (_req, res) => res.end())
  router.get('/throwing/:throwing', (_req, res) => res.end())
  router.get('/decoded/:id', (_req, res) => res.end())
  app.use('/router', router)

  const skipped = express.Router()
  skipped.param('skipping', (_req, _res, next) => next('route'))
  skipped.get('/:skipping', (_req, res) => res.end())
  app.use('/skipped', skipped, () => {
    throw new Error('after a route that was skipped')
  })

  const sub = express()
  sub.get('/things/:id', () => {
    throw new Error('in a sub-app')
  })
  app.use('/sub', sub)

  const handling = express()
  handling.get('/things/:id', () => {
    throw new Error('handled in a sub-app')
  })
  handling.use((err, _req, res, _next) => {
    res.statusCode = 400
    res.end(err.message)
  })
  app.use('/handling', handling)

  const innermost = express.Router()
  innermost.get('/deep/:id', (_req, _res, next) => next(new Error('three deep')))
  const between = express.Router()
  between.use('/between/:level', innermost)
  app.use('/deep', between)
}
