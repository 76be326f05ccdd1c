import timers from 'node:timers'
import type { Tracer } from 'opentracing'
import { untraced } from '../context.js'
import { complain, reason } from '../log.js'
import { loadModule, property } from '../modules.js'
import type { Backend } from './backend.js'
import { isPromise, settled } from './foreign.js'

/** As they are now: a test of the app may put a fake clock in their place. */
const { setTimeout, clearTimeout } = timers

/**
 * The tracer of a module or file, found as if required from the working directory: an OpenTracing tracer, or a function
 * that returns one, by itself or as `default`. Throws what is wrong with it, in words for the user.
 */
export function customBackend(name: string): Backend {
  const tracer = tracerOf(loadModule(name))
  return {
    tracer,
    foreign: true,
    restless: true,
    flush(timeout, done) {
      const flushed = flush(tracer)
      if (flushed === undefined) done()
      else waitFor(flushed, timeout, done)
    },
    flushNow() {
      flush(tracer)
    },
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

/** Many tracers have a `flush`, though OpenTracing's API has none. Answers the promise that it returns, if it does. */
function flush(tracer: Tracer & { flush?: unknown }): PromiseLike<unknown> | undefined {
  try {
    const { flush } = tracer
    const result: unknown = typeof flush === 'function' && untraced(() => Reflect.apply(flush, tracer, []))
    if (!isPromise(result)) return undefined
    settled('flush', result, failed)
    return result
  } catch (error) {
    failed('flush', error)
    return undefined
  }
}

function waitFor(promise: PromiseLike<unknown>, timeout: number, done: () => void): void {
  let isDone = false
  const finish = () => {
    clearTimeout(timer)
    if (!isDone) done()
    isDone = true
  }
  const timer = setTimeout(finish, timeout)
  Promise.resolve(promise).then(finish, finish)
}

function failed(method: string, error: unknown): void {
  complain(`tracer ${method}`, `the tracer failed in ${method}(): ${reason(error)}`)
}
