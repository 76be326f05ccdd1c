const answer = require('../answer')

/** Apps in apps. */
module.exports = (app, express) => {
  const admin = express()
  admin.get('/', answer)
  admin.get('/reports/:id', answer)
  app.use('/admin/:section', admin)
  app.get('/admin/:section/missing', answer)

  const innermost = express()
  innermost.get('/leaf/:id', answer)
  const between = express.Router()
  between.use('/router/:level', innermost)
  const outer = express()
  outer.use('/outer', between)
  app.use('/apps', outer)

  const plain = express()
  plain.get('/plain/:id', answer)
  app.use(plain)
  app.use(['/here', '/there/:where'], plain)

  const called = express()
  called.get('/called/:id', answer)
  app.use('/calling', (req, res, next) => called(req, res, next))

  const last = express.Router()
  last.get('/last/:id', answer)
  app.use('/calling-last', (req, res) => last(req, res))
}
