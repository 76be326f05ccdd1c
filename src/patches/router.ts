import type { BuiltInPatch } from '../agent/built-in.js'
import { runIn, scopeHere, scopeOf, serverSpanHere } from '../agent/context.js'
import { complain, reason } from '../agent/log.js'
import type { Method } from '../agent/patch.js'
import { define, type Layer, pathArgument, type Router } from '../agent/templates.js'
import { wrap } from '../agent/wrap.js'

/**
 * Routes and errors of Express 4, which carries a router of its own, and of the `router` package, which Express 5 uses
 * and which serves plain `http` servers too. Both are of one make. Only prototypes are wrapped: layers keep their
 * handlers, so that an app finds its own functions on every stack.
 */
export const routers: readonly BuiltInPatch<RouterFunction>[] = [
  { module: 'express', file: 'lib/router/index', versions: '>=4.16 <5', patch: patchRouter },
  { module: 'router', versions: '>=1.3 <3', patch: patchRouter },
]

export const layers: readonly BuiltInPatch<LayerFunction>[] = [
  { module: 'express', file: 'lib/router/layer', versions: '>=4.16 <5', patch: patchLayer },
  { module: 'router', file: 'lib/layer', versions: '>=1.3 <3', patch: patchLayer },
]

function patchRouter(router: RouterFunction): void {
  // Express 4 keeps the methods of a router on the function itself, `router` on its prototype.
  const methods = 'handle' in router ? router : router.prototype
  wrap<Router>(methods, 'use', noteTemplates)
  wrap<Router>(methods, 'route', noteTemplates)

  wrap<Router>(methods, 'handle', (handle) => {
    return function (...args) {
      const out = args[2]
      const serverSpan = scopeHere(args[0])?.request
      if (serverSpan === undefined) return Reflect.apply(handle, this, args)
      const frame = serverSpan.enterRouter(this)
      if (typeof out !== 'function') return Reflect.apply(handle, this, args)
      args[2] = function (this: unknown, ...rest: unknown[]) {
        serverSpan.leaveRouter(frame, Boolean(rest[0]), rest[0])
        return Reflect.apply(out, this, rest)
      }
      return Reflect.apply(handle, this, args)
    }
  })
}

function patchLayer({ prototype }: LayerFunction): void {
  for (const name of ['handle_request', 'handleRequest']) {
    wrap<Layer>(prototype, name, (handleRequest) => {
      return function (...args) {
        const here = serverSpanHere(args[0])
        const scope = here ?? scopeOf(args[0])
        scope?.request?.enterLayer(this)
        return scope === here ? Reflect.apply(handleRequest, this, args) : runIn(scope, handleRequest, this, args)
      }
    })
  }

  for (const name of ['handle_error', 'handleError']) {
    wrap<Layer>(prototype, name, (handleError) => {
      return function (...args) {
        const scope = scopeHere(args[1])
        if (scope === undefined) return Reflect.apply(handleError, this, args)
        scope.request?.fail(args[0])
        return runIn(scope, handleError, this, args)
      }
    })
  }
}

/** Wraps a method that puts layers on the stack, and notes with which path it did. */
function noteTemplates(method: Method) {
  return function (this: Router, ...args: unknown[]): unknown {
    const first = this?.stack?.length
    const returned = Reflect.apply(method, this, args)
    try {
      if (first !== undefined) define(this, first, pathArgument(args[0]))
    } catch (error) {
      complain('define', `a route may be missing from traces: ${reason(error)}`)
    }
    return returned
  }
}

type RouterFunction = ((...args: never[]) => unknown) & { readonly prototype: object }

interface LayerFunction {
  readonly prototype: object
}
