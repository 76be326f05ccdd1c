import type { Tracer } from 'opentracing'
import { untraced } from '../context.js'
import { complain, reason } from '../log.js'
import { loadModule, property } from '../modules.js'
import type { Backend } from './backend.js'
import { isPromise, settled } from './foreign.js'

/**
 * The tracer of a module or file, found as if required from the working directory: an OpenTracing tracer, or a function
 * that returns one, by itself or as `default`. Throws what is wrong with it, in words for the user.
 */
export function customBackend(name: string): Backend {
  const tracer = tracerOf(loadModule(name))
  return {
    tracer,
    foreign: true,
    flush(_timeout, done) {
      flush(tracer)
      done()
    },
    flushNow: () => flush(tracer),
  }
}

/** A tracer is known by its `startSpan`: there are tracers that are functions, too. */
function tracerOf(exported: unknown): Tracer {
  for (const candidate of [exported, property(exported, 'default')]) {
    if (isTracer(candidate)) return candidate
    if (typeof candidate !== 'function') continue
    const made: unknown = candidate()
    if (isTracer(made)) return made
    if (isPromise(made)) {
      // Whatever becomes of it, nobody waits.
      Promise.resolve(made).catch(() => {})
      throw new Error('it returns a promise; a tracer is needed at once')
    }
  }
  throw new Error('it exports neither a tracer (with startSpan) nor a function that returns one')
}

function isTracer(value: unknown): value is Tracer {
  return typeof property(value, 'startSpan') === 'function'
}

/** Many tracers have a `flush`, though OpenTracing's API has none. */
function flush(tracer: Tracer & { flush?: unknown }): void {
  try {
    const { flush } = tracer
    if (typeof flush === 'function')
      settled(
        'flush',
        untraced(() => Reflect.apply(flush, tracer, [])),
        failed,
      )
  } catch (error) {
    failed('flush', error)
  }
}

function failed(method: string, error: unknown): void {
  complain(`tracer ${method}`, `the tracer failed in ${method}(): ${reason(error)}`)
}
