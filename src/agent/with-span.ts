import type { Span } from 'opentracing'
import { elapsed, now } from './clock.js'
import { context } from './context.js'
import { errorFields } from './errors.js'
import { InnerSpan } from './inner-span.js'
import { property } from './modules.js'
import { finish, log, type Recorder, setTag } from './recorder.js'

/**
 * Runs the app's function inside a new span, which ends when the function returns or its promise settles, with what it
 * throws logged. Where nothing is traced, the function gets a span that does nothing. Throws what the function throws.
 */
export function withNewSpan<Result>(recorder: Recorder, name: string, run: (span: Span) => Result): Result {
  const scope = context.getStore()
  if (scope?.isTraced === false) return run(noSpan())
  const began = elapsed()
  const startTime = now(began)
  const parent = scope?.context
  const options = parent === undefined ? { startTime } : { startTime, childOf: parent }
  const span = recorder.startForApp(name, options)
  if (span === undefined) return run(noSpan())

  const inner = new InnerSpan(span, scope)
  return runInside(inner, run, span, (failed, error) => {
    if (failed) {
      setTag(span, 'error', true)
      log(span, errorFields(error))
    }
    inner.close()
    finish(span, startTime + (elapsed() - began))
  })
}

/** Runs the app's function inside a span that the app has begun, and ends itself. Throws what the function throws. */
export function withOpenSpan<Result>(span: Span, run: (span: Span) => Result): Result {
  const scope = context.getStore()
  if (scope?.isTraced === false) return run(span)
  const inner = new InnerSpan(span, scope)
  return runInside(inner, run, span, () => inner.leave())
}

function runInside<Result>(inner: InnerSpan, run: (span: Span) => Result, span: Span, done: Done): Result {
  let result: Result
  try {
    result = context.run(inner, run, span)
  } catch (error) {
    done(true, error)
    throw error
  }
  const then = property(result, 'then')
  if (typeof then === 'function') return Reflect.apply(then, result, settle(done))
  done(false, undefined)
  return result
}

/** What is handed on settles as the app's promise does: a rejection that nobody handles is still one. */
function settle(done: Done): [kept: (value: unknown) => unknown, broken: (error: unknown) => never] {
  return [
    (value) => {
      done(false, undefined)
      return value
    },
    (error) => {
      done(true, error)
      throw error
    },
  ]
}

/** Loaded when needed: most apps that import `tracing` always have a span at hand. */
function noSpan(): Span {
  const { Span }: typeof import('opentracing') = require('opentracing')
  return new Span()
}

type Done = (failed: boolean, error: unknown) => void
