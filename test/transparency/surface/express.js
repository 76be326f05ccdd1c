const { fact } = require('./facts')
const { chain, properties } = require('./shapes')
const { visit } = require('./modules')

/** An app whose one route is reached through a mounted router. */
exports.makeApp = (express, serve) => {
  const app = express()
  const router = express.Router({ mergeParams: true })
  const handlers = {
    guard: (_req, _res, next) => next(),
    show: (req, res) => serve(req, res),
    mistake: function mistake(_err, _req, _res, _next) {},
  }
  router.param('id', (_req, _res, next) => next())
  router.post('/:id', handlers.guard, handlers.show)
  app.use('/things', handlers.guard, router)
  app.use(handlers.mistake)
  return { app, handlers: new Map(Object.entries({ ...handlers, router }).map(([name, fn]) => [fn, name])) }
}

/** Notes what an app finds out about Express, its own app, its routers, layers and handlers. */
exports.noteShapes = (name, express, { app, handlers }) => {
  visit(name, express)
  for (const part of ['application', 'request', 'response']) visit(`${name}.${part}`, express[part])
  const router = app._router ?? app.router
  visit(`${name} router`, Object.getPrototypeOf(router))
  visit(`${name} layer`, Object.getPrototypeOf(router.stack[0]))
  fact(`${name} app: properties`, properties(app))
  fact(`${name} app: inherits from`, chain(app))
  noteStack(`${name} stack`, router.stack, handlers)
}

function noteStack(path, stack, handlers) {
  fact(`${path}: layers`, stack.length)
  for (const [index, layer] of stack.entries()) {
    const place = `${path}[${index}]`
    fact(`${place}: properties`, properties(layer))
    fact(`${place}: inherits from`, chain(layer))
    fact(`${place}: handler`, handlers.get(layer.handle) ?? `Express' ${layer.handle.name}`)
    fact(`${place}: properties of the handler`, properties(layer.handle))
    if (layer.handle.stack) noteStack(`${place}.handle`, layer.handle.stack, handlers)
    if (layer.route) fact(`${place}.route: properties`, properties(layer.route))
    if (layer.route) noteStack(`${place}.route`, layer.route.stack, handlers)
  }
}
