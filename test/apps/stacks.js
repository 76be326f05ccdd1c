const { inspect } = require('node:util')

/** Answers with all that an app can find out about its own routers, layers and handlers. */
module.exports = (express, major) => {
  const app = express()
  const own = new Set()
  const mine = (handler) => {
    own.add(handler)
    return handler
  }
  const guard = mine((_req, _res, next) => next())
  const show = mine(async function show(req, res, ...rest) {
    res.json({
      ...shapes(),
      stack: walk(root(app).stack, own),
      endpoints: endpoints(root(app).stack),
      seen: see(req, res, rest),
    })
  })
  const fail = mine((_req, _res) => {
    throw new Error('failed')
  })
  const handleError = mine(function handleError(_err, req, res, next) {
    res.json({ seen: see(req, res, [next]) })
  })

  const router = express.Router({ mergeParams: true })
  router.param('id', guard)
  router.use(guard)
  router.get('/show/:id', guard, show)
  router.route('/fail/:id').get(fail).all(guard)
  router.use('/fail', handleError)
  const sub = express()
  sub.get(['/one', '/two/:id'], guard)
  app.use('/things/:thing', guard, router)
  app.use(['/sub', /^\/pattern/], sub)
  app.use(handleError)
  return app

  function shapes() {
    const layer = root(app).stack[0]
    return {
      application: properties(express.application),
      app: properties(app),
      layers: properties(Object.getPrototypeOf(layer)),
      routes: properties(express.Route.prototype),
      Router: properties(express.Router),
      routers: properties(Object.getPrototypeOf(express.Router())),
      router: properties(express.Router()),
      inherited: inherited(express.Router()),
      appRouter: attempt(() => typeof app.router),
      major,
    }
  }
}

function root(app) {
  return app._router ?? app.router
}

/** Each property as its descriptor tells, the functions among them by name, arity and properties of their own. */
function properties(object) {
  return Reflect.ownKeys(object).map((key) => {
    const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(object, key)
    return [String(key), flags, describe(value), describe(get), describe(set)]
  })
}

function describe(value) {
  if (typeof value !== 'function') return typeof value
  return [value.name, value.length, Reflect.ownKeys(value).map(String), Object.keys(value)]
}

function inherited(object) {
  const names = []
  for (const name in object) names.push(name)
  return names
}

function walk(stack, own) {
  return stack.map((layer) => ({
    type: layer.constructor.name,
    properties: properties(layer),
    printed: inspect(layer, { depth: 1, showHidden: true }),
    isOwn: own.has(layer.handle),
    source: own.has(layer.handle) && String(layer.handle),
    handle: describe(layer.handle),
    route: layer.route && { methods: layer.route.methods, stack: walk(layer.route.stack, own) },
    stack: layer.handle.stack && walk(layer.handle.stack, own),
  }))
}

/** In the way of express-list-endpoints. */
function endpoints(stack) {
  return stack.flatMap(({ route, handle, regexp, path }) => {
    if (route) return [[route.path, Object.keys(route.methods), route.stack.map(({ handle }) => handle.name)]]
    return handle.stack ? [[String(regexp ?? path), endpoints(handle.stack)]] : []
  })
}

function see(req, res, [next, ...more]) {
  const bare = (object) => Reflect.ownKeys(object).map(String)
  return {
    req: bare(req),
    res: bare(res),
    listeners: [req, res, req.socket].map((emitter) =>
      emitter.eventNames().map((name) => [String(name), emitter.listenerCount(name)]),
    ),
    next: describe(next),
    reqNext: describe(req.next),
    route: properties(req.route),
    more: more.length,
  }
}

function attempt(look) {
  try {
    return look()
  } catch (error) {
    return error.message
  }
}
