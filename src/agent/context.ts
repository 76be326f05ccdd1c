import { AsyncLocalStorage } from 'node:async_hooks'
import type { ServerSpan } from './server-span.js'

/**
 * The request that the running code belongs to. Entered by `run` alone: `enterWith` writes into the connection's own
 * frame and would hand one request's span to the next on the same socket.
 */
export const context = new AsyncLocalStorage<ServerSpan | undefined>()

/** By request, never by response or socket: a request that is emitted again finds its one span, and nothing is kept. */
const serverSpans = new WeakMap<object, ServerSpan>()

/** The span of this very request, finished or not. Never throws, whatever `req` is. */
export function serverSpanOf(req: unknown): ServerSpan | undefined {
  return typeof req === 'object' && req !== null ? serverSpans.get(req) : undefined
}

export function remember(req: object, serverSpan: ServerSpan): void {
  serverSpans.set(req, serverSpan)
}

/** Calls `method` inside the context of a request (or of none), at the price of a comparison where it is there already. */
export function runIn(serverSpan: ServerSpan | undefined, method: Callable, self: unknown, args: unknown[]): unknown {
  if (context.getStore() === serverSpan) return Reflect.apply(method, self, args)
  return context.run(serverSpan, Reflect.apply, method, self, args)
}

type Callable = (...args: never[]) => unknown
