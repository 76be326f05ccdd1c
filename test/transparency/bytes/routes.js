const { join } = require('node:path')

/** An Express app of the usual parts. */
exports.routes = (express) => {
  // Express prints the stacks of errors, in all other environments.
  const app = express().set('env', 'test')
  const users = express.Router({ mergeParams: true })
  users.param('id', (_req, _res, next, id) => next(id === '0' ? new Error('nobody') : undefined))
  users.get('/:id', (req, res) => res.json({ ...req.params }))
  users.delete('/:id', (_req, res) => res.sendStatus(204))
  app.use('/:tenant/users', users)
  app.post('/json', express.json({ limit: '1kb' }), (req, res) => res.json(req.body))
  app.post('/form', express.urlencoded({ extended: false }), (req, res) => res.json(req.body))
  app.post('/text', express.text({ type: '*/*' }), (req, res) => res.send(`${req.body}\n`))
  app.get('/throw', () => {
    throw Object.assign(new Error('thrown'), { status: 418 })
  })
  app.get('/next', (_req, _res, next) => next(new Error('passed on')))
  app.get('/reject', async () => {
    throw new Error('rejected')
  })
  app.get('/reject-late', async (_req, res) => {
    res.send('answered\n')
    throw new Error('rejected')
  })
  app.get('/redirect', (_req, res) => res.redirect('/elsewhere'))
  app.get('/half', (_req, res) => {
    res.write('half')
    throw new Error('thrown in the middle')
  })
  app.use('/static', express.static(join(__dirname, 'apps'), { etag: false, lastModified: false, cacheControl: false }))
  app.get('/', (req, res) => res.cookie('a', 'b').send(`hello ${req.hostname} ${req.protocol}\n`))
  app.use((err, _req, res, next) =>
    res.headersSent ? next(err) : res.status(err.status ?? 500).send(`${err.message}\n`),
  )
  return app
}
