const http = require('node:http')
const dialects = require('./dialects')

/** The routes that need nothing of Express, on a plain server. */
module.exports = (Router, major) => {
  const router = Router()
  for (const define of [
    require('./routes/rewriting'),
    require('./routes/paths'),
    require('./routes/arrays'),
    require('./routes/routers'),
    require('./routes/handlers'),
    require('./routes/parameters'),
    require('./routes/wrappers'),
    require('./routes/changes'),
    require('./routes/leftovers'),
  ]) {
    define(router, { Router }, dialects[major])
  }
  return http.createServer((req, res) => {
    router(req, res, (err) => {
      if (res.writableEnded) return
      res.statusCode = err ? (err.status ?? 500) : 404
      res.end(err ? 'failed' : 'not found')
    })
  })
}
