const { setImmediate: turn } = require('node:timers/promises')
const answer = require('../answer')

/** Handlers that answer, pass on, or do both. */
module.exports = (app, { Router }) => {
  const pass = (_req, _res, next) => next()
  const passLater = async (_req, _res, next) => {
    await turn()
    next()
  }

  app.get('/async/:id', async (req, res) => {
    await turn()
    answer(req, res)
  })
  app.get('/list/:id', [pass, [passLater]], pass, answer)

  app.get('/next/:first', pass)
  app.get('/next/:second', answer)
  app.get('/next-later/:first', passLater)
  app.get('/next-later/:second', answer)
  app.get('/skip/:first', (_req, _res, next) => next('route'), answer)
  app.get('/skip/:second', answer)

  const left = Router()
  left.get('/:first', (_req, _res, next) => next('router'))
  left.get('/:never', answer)
  app.use('/leave', left)
  app.get('/leave/:second', answer)

  const passed = Router()
  passed.get('/:first', passLater)
  app.use('/passed', passed)
  app.get('/passed/:second', answer)

  app.get('/nobody/:id', pass)
  app.use('/nobody-inside', passed)
  app.get('/middleware/:id', pass)
  app.use('/middleware', answer)
  app.use('/guarded', (_req, res) => {
    res.statusCode = 401
    res.end('who are you?')
  })
  app.get('/guarded/:id', answer)

  app.get('/answered/:id', (req, res, next) => {
    answer(req, res)
    next()
  })
  app.get('/answered-later/:id', async (req, res, next) => {
    answer(req, res)
    await turn()
    next()
  })
  app.get('/missing/:id', (_req, res) => {
    res.statusCode = 404
    res.end('no such thing')
  })
  app.get('/streamed/:id', async (_req, res) => {
    res.write('one')
    await turn()
    res.end('two')
  })
}
