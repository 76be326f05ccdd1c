const answer = require('../answer')

/** What takes the requests that nothing else has taken. */
module.exports = (app, _express, { wildcard }) => {
  const only = (start) => (req, res, next) => (req.url.startsWith(start) ? answer(req, res) : next())
  app.get(wildcard === '*' ? '*' : `/${wildcard}`, only('/whatever'))
  app.use('/lost', (_req, res) => {
    res.statusCode = 404
    res.end('lost')
  })
}
