import { runningServerSpan } from './context.js'
import type { ServerSpan } from './server-span.js'

/** The request whose listener has just thrown, until the exception has reached its catcher or the end of the process. */
let thrown: ServerSpan | undefined

/** A listener of a request threw: should nobody catch it, `recordCrash` will know whose error it is. */
export function noteThrow(serverSpan: ServerSpan | undefined): void {
  thrown = serverSpan
  // Nobody else can throw before this, other than in the same turn of the loop.
  if (serverSpan !== undefined) process.nextTick(forget)
}

/** Logs an uncaught error on the span of the request that it belongs to, and ends that when the process is to die of it. */
export function recordCrash(error: unknown): void {
  const serverSpan = thrown ?? runningServerSpan()
  thrown = undefined
  if (serverSpan === undefined) return
  serverSpan.fail(error)
  if (isFatal()) serverSpan.finish(false)
}

function isFatal(): boolean {
  return process.listenerCount('uncaughtException') === 0 && !process.hasUncaughtExceptionCaptureCallback()
}

function forget(): void {
  thrown = undefined
}
