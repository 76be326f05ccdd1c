const { resolve } = require('node:path')

/** Answers in the ways of Express. */
module.exports = (app, express) => {
  app.get('/json/:id', (req, res) => res.json({ id: req.params.id, accepts: req.accepts('json') }))
  app.get('/redirect/:id', (_req, res) => res.redirect('/users/me'))
  app.get('/status/:code', (req, res) => res.sendStatus(Number(req.params.code)))
  app.get('/file/:name', (req, res) => res.sendFile(req.params.name, { root: resolve(__dirname, '..') }))
  app.post('/body/:id', express.json(), (req, res) => res.json({ id: req.params.id, body: req.body }))
  app.use('/static', express.static(resolve(__dirname, '..')))
}
