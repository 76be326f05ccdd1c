const { createRequire } = require('node:module')
const { join } = require('node:path')
const { handle } = require('./handlers.js')
const { repair } = require('./repairs.js')

const apps = join(__dirname, '..', '..', 'apps')
const majors = { 'express 4': 'express-4', 'express 5': 'express-5' }

/** What serves the requests of a program: `(req, res)`. */
function listenerOf({ stack, layers }) {
  if (stack === 'http') return chain(layers)
  const express = createRequire(join(apps, majors[stack], '/'))('express')
  const app = express()
  define(app, layers, [], express, stack)
  return app
}

/** The handlers of a plain server, one after the other. */
function chain(layers) {
  return (req, res) => {
    let next = 0
    const advance = (err) => {
      const layer = err ? undefined : layers[next++]
      if (layer !== undefined) handle(layer.handlers[0], `${next - 1}.0`, 'http', req, res, advance)
      else if (!res.headersSent) res.writeHead(err ? 500 : 404).end()
      else if (err) res.destroy()
    }
    advance()
  }
}

function define(router, layers, parents, express, stack) {
  for (const [index, layer] of layers.entries()) {
    const place = [...parents, index]
    const handlers = (layer.handlers ?? []).map((handler, at) => {
      const id = [...place, at].join('.')
      return (req, res, next) => handle(handler, id, stack, req, res, next)
    })
    const path = layer.path === '' ? [] : [layer.path]
    if (layer.kind === 'route') router.route(layer.path)[layer.method](...handlers)
    if (layer.kind === 'middleware') router.use(...path, ...handlers)
    if (layer.kind === 'repair')
      router.use((err, req, res, next) => repair(layer.way, place.join('.'), err, req, res, next))
    if (layer.kind === 'router' || layer.kind === 'app') {
      const mounted = layer.kind === 'app' ? express() : express.Router()
      define(mounted, layer.layers, place, express, stack)
      router.use(...path, mounted)
    }
  }
}

module.exports = { listenerOf }
