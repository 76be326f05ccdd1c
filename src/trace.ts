import { published } from './agent/published.js'

/** What `trace()` returns: a middleware of Express, and a wrapper of handlers. */
export interface Trace {
  /** Wraps a handler of requests, or of errors: `(req, res)`, `(req, res, next)` or `(err, req, res, next)`. */
  <Handler extends (...args: never[]) => unknown>(handler: Handler): Handler
  (req: object, res: object, next?: (error?: never) => void): void
}

/** Its three parameters tell Express that it handles no errors. */
export function traceWith(attributes: readonly string[]): Trace {
  function traced(...args: unknown[]): unknown {
    const [req, , next] = args
    if (args.length === 1 && isFunction(req)) return wrap(req, attributes)
    published()?.trace(req, attributes)
    return typeof next === 'function' ? next() : undefined
  }
  return Object.defineProperty(traced, 'length', { value: 3 }) as Trace
}

/** A proxy, which has the name, the parameters and the properties of the handler. Without the agent, the handler itself. */
function wrap(handler: (...args: unknown[]) => unknown, attributes: readonly string[]): unknown {
  const agent = published()
  if (agent === undefined) return handler
  return new Proxy(handler, {
    apply(target, self, args) {
      agent.trace(args[target.length === 4 ? 1 : 0], attributes)
      return Reflect.apply(target, self, args)
    },
  })
}

function isFunction(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function'
}
