import { AsyncLocalStorage } from 'node:async_hooks'
import type { SpanContext } from 'opentracing'
import type { ServerSpan } from './server-span.js'

/** What the running code belongs to; `undefined` outside of all requests. */
export type Scope = ServerSpan | Untraced

/**
 * Code whose calls make no spans: a request that is not traced, or the agent's own work. What such a request came with
 * goes on with the calls that it makes.
 */
export class Untraced {
  readonly span = undefined

  constructor(readonly sender: SpanContext | undefined) {}
}

const OWN_WORK = new Untraced(undefined)

/**
 * The scope of the running code. Entered by `run` alone: `enterWith` writes into the connection's own frame and would
 * hand one request's span to the next on the same socket.
 */
export const context = new AsyncLocalStorage<Scope | undefined>()

/** By request, never by response or socket: a request that is emitted again finds its one span, and nothing is kept. */
const scopes = new WeakMap<object, Scope>()

/** What this very request is to the agent, finished or not. Never throws, whatever `req` is. */
export function scopeOf(req: unknown): Scope | undefined {
  return typeof req === 'object' && req !== null ? scopes.get(req) : undefined
}

/** The span of this very request, finished or not. Never throws, whatever `req` is. */
export function serverSpanOf(req: unknown): ServerSpan | undefined {
  return traced(scopeOf(req))
}

/** The span of the request that the running code serves. */
export function runningServerSpan(): ServerSpan | undefined {
  return traced(context.getStore())
}

export function remember(req: object, scope: Scope): void {
  scopes.set(req, scope)
}

/** Calls `method` inside a scope (or outside of all), at the price of a comparison where it is there already. */
export function runIn(scope: Scope | undefined, method: Callable, self: unknown, args: unknown[]): unknown {
  if (context.getStore() === scope) return Reflect.apply(method, self, args)
  return context.run(scope, Reflect.apply, method, self, args)
}

/** Runs what the agent does for itself: no call made in there, at any depth, is traced. */
export function untraced<Result>(run: () => Result): Result {
  return context.run(OWN_WORK, run)
}

/** The span of a scope's request, where that is traced. */
export function traced(scope: Scope | undefined): ServerSpan | undefined {
  return scope instanceof Untraced ? undefined : scope
}

type Callable = (...args: never[]) => unknown
