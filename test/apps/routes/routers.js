const answer = require('../answer')

/** Routers in routers. */
module.exports = (app, { Router }, { wildcard }) => {
  const pass = (_req, _res, next) => next()
  const get = (path) => {
    const router = Router({ mergeParams: true })
    router.get(path, answer)
    return router
  }

  app.use('/tenants/:tenant', get('/users/:id'))

  const rooms = get('/rooms/:room')
  const floors = Router({ mergeParams: true })
  floors.use('/floors/:floor', pass, rooms)
  const houses = Router()
  houses.use(pass)
  houses.use('/houses/:house', floors)
  app.use('/towns', houses)

  const root = Router()
  root.get('/', answer)
  root.all('/every/:id', answer)
  root.route('/chain/:id').all(pass).get(answer).post(answer)
  root.get(wildcard === '*' ? '*' : `/${wildcard}`, answer)
  app.use('/api', root)

  app.use('/slash/', get('/under/:id'))
  app.use(get('/unmounted/:id'))
  app.use('/', get('/at-root/:id'))
  app.use('', get('/at-nothing/:id'))
  app.use('/empty', get(''))
  app.use(/^\/mounted\/v\d+/, get('/under/:id'))

  const shared = get('/shared/:id')
  app.use('/first', shared)
  app.use('/second/:place', shared)

  const tree = get('/leaf/:id')
  tree.use('/branch', tree)
  tree.get('/branch/:end', answer)
  app.use('/tree', tree)

  const several = Router()
  several.use('/one', pass, get('/after-one/:id'), get('/after-two/:id'))
  several.use('/list', [pass, [pass, get('/listed/:id')]])
  several.use([pass, get('/bare/:id')])
  app.use('/several', pass, several)

  app.get(`/handler/${wildcard}`, pass, get('/handler/inner/:id'), answer)

  const escaping = Router()
  escaping.use((req) => req.escape())
  app.use('/escape/:from', (req, _res, next) => {
    req.escape = next
    next()
  })
  app.use('/escape/:from', escaping)
  app.get('/escape/:id', answer)

  const swapped = { router: get('/before/:id') }
  app.use('/swap', (req, res, next) => swapped.router(req, res, next))
  app.use('/late', async (req, res, next) => {
    await null
    swapped.router(req, res, next)
  })
}
