import { AsyncLocalStorage, executionAsyncId } from 'node:async_hooks'
import type { Span, SpanContext } from 'opentracing'
import { Given } from './given.js'
import type { InnerSpan } from './inner-span.js'
import type { ServerSpan } from './server-span.js'

/** What the running code belongs to; `undefined` outside of all requests. */
export type Scope = ServerSpan | InnerSpan | Untraced

/** What every scope tells. */
export interface Surroundings {
  /** The request that the code serves, where that has a span, or may yet get one. */
  readonly request: ServerSpan | undefined
  /** Whether calls made in there make spans. Where they do not, they carry `sender` on. */
  readonly isTraced: boolean
  /** The innermost span that is not finished. */
  readonly span: Span | undefined
  /** What spans begun in there are children of; those begun after its end, too. */
  readonly context: SpanContext | undefined
  /** Who sent the request, where it is not traced. */
  readonly sender: SpanContext | undefined
}

/**
 * Code whose calls make no spans: a request that is not traced, or the agent's own work. What such a request came with
 * goes on with the calls that it makes.
 */
export class Untraced implements Surroundings {
  readonly request = undefined
  readonly isTraced = false
  readonly span = undefined
  readonly context = undefined

  constructor(readonly sender: SpanContext | undefined) {}
}

const OWN_WORK = new Untraced(undefined)

/** Node up to 22 keeps what is stored with the resource of each async id, and takes long to find that resource. */
const isKeptById = '_propagate' in AsyncLocalStorage.prototype
const NO_ID = -1

const storage = new AsyncLocalStorage<Scope | undefined>()

/** What was entered last and has not returned: under its async id, nothing else is stored meanwhile. */
let entered: Entry = { id: NO_ID, scope: undefined }

/**
 * The scope of the running code. Entered by `run` alone: `enterWith` writes into the connection's own frame and would
 * hand one request's span to the next on the same socket.
 */
export const context = {
  getStore(): Scope | undefined {
    return executionAsyncId() === entered.id ? entered.scope : storage.getStore()
  },

  run<Result, Args extends unknown[]>(
    scope: Scope | undefined,
    method: (...args: Args) => Result,
    ...args: Args
  ): Result {
    const outer = entered
    entered = entry(scope)
    try {
      return storage.run(scope, method, ...args)
    } finally {
      entered = outer
    }
  },
}

function entry(scope: Scope | undefined): Entry {
  return { id: isKeptById ? executionAsyncId() : NO_ID, scope }
}

/** A request that is known: never a response or socket, so that one which is emitted again finds its one span. */
class Known extends Given {
  #scope: ServerSpan | Untraced

  private constructor(req: object, scope: ServerSpan | Untraced) {
    super(req)
    this.#scope = scope
  }

  static scopeOf(req: object): ServerSpan | Untraced | undefined {
    return #scope in req ? req.#scope : undefined
  }

  static remember(req: object, scope: ServerSpan | Untraced): void {
    if (#scope in req) req.#scope = scope
    else new Known(req, scope)
  }
}

/** What this very request is to the agent, finished or not. Never throws, whatever `req` is. */
export function scopeOf(req: unknown): ServerSpan | Untraced | undefined {
  return typeof req === 'object' && req !== null ? Known.scopeOf(req) : undefined
}

/** The span of this very request, finished or not. Never throws, whatever `req` is. */
export function serverSpanOf(req: unknown): ServerSpan | undefined {
  return scopeOf(req)?.request
}

/** The same as `scopeOf`; sooner, where the running code serves this request. */
export function scopeHere(req: unknown): ServerSpan | Untraced | undefined {
  return serverSpanHere(req) ?? scopeOf(req)
}

/** The span of this request, where it is the one that the running code serves. */
export function serverSpanHere(req: unknown): ServerSpan | undefined {
  const here = runningServerSpan()
  return here !== undefined && here.req === req ? here : undefined
}

/** The span of the request that the running code serves. */
export function runningServerSpan(): ServerSpan | undefined {
  return context.getStore()?.request
}

/** From here on, `scope` is what `req` is to the agent. */
export function remember<Kind extends ServerSpan | Untraced>(req: object, scope: Kind): Kind {
  Known.remember(req, scope)
  return scope
}

/**
 * Calls `method` inside the scope of a request (or outside of all), at the price of a comparison where it is there
 * already, which no scope is that `isNew`. A span that the app has opened in there stays the active one.
 */
export function runIn(
  scope: ServerSpan | Untraced | undefined,
  method: Callable,
  self: unknown,
  args: unknown[],
  isNew = false,
): unknown {
  if (!isNew && isHere(scope)) return Reflect.apply(method, self, args)
  // As `context.run` does it, without a frame of its own on the app's stacks.
  const outer = entered
  entered = entry(scope)
  try {
    return storage.run(scope, Reflect.apply, method, self, args)
  } finally {
    entered = outer
  }
}

function isHere(scope: ServerSpan | Untraced | undefined): boolean {
  const here = context.getStore()
  return here === scope || (scope !== undefined && here?.request === scope)
}

/** Runs what the agent does for itself: no call made in there, at any depth, is traced. */
export function untraced<Result>(run: () => Result): Result {
  return context.run(OWN_WORK, run)
}

type Callable = (...args: never[]) => unknown

interface Entry {
  readonly id: number
  readonly scope: Scope | undefined
}
