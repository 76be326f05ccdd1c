const dialects = require('./dialects')

/** Routes of every shape that Express knows, each under a path of its own. */
module.exports = (express, major) => {
  const app = express()
  for (const define of [
    require('./routes/rewriting'),
    require('./routes/paths'),
    require('./routes/arrays'),
    require('./routes/routers'),
    require('./routes/apps'),
    require('./routes/handlers'),
    require('./routes/parameters'),
    require('./routes/wrappers'),
    require('./routes/answers'),
    require('./routes/changes'),
    require('./routes/leftovers'),
  ]) {
    define(app, express, dialects[major])
  }
  return app
}
