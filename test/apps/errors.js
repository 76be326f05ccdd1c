const dialects = require('./dialects')

/** Routes that fail in every way an app can fail. */
module.exports = (express, major) => {
  const app = express()
  for (const define of [
    require('./errors/ways'),
    require('./errors/values'),
    require('./errors/handlers'),
    require('./errors/places'),
  ]) {
    define(app, express, dialects[major])
  }
  if (major === 5) require('./errors/rejections')(app, express)
  return app
}
