const answer = require('../answer')

/** Routes that come and go while the app serves. */
module.exports = (app, { Router }) => {
  const router = Router()
  const end = (_req, res) => res.end('done')
  router.get('/leaving/:id', answer)
  router.get('/staying/:id', answer)
  router.post('/add', (req, res) => {
    router.get('/coming/:id', answer)
    end(req, res)
  })
  router.post('/remove', (req, res) => {
    router.stack.splice(
      router.stack.findIndex(({ route }) => route?.path === '/leaving/:id'),
      1,
    )
    end(req, res)
  })
  app.use('/changes', router)
}
