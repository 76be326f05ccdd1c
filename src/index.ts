import type { Span, Tracer } from 'opentracing'
import { published, type TraceIds } from './agent/published.js'
import { type Trace, traceWith } from './trace.js'

export type { Span, SpanContext, Tracer } from 'opentracing'
export type { Agent, Method, Patch, Wrapper } from './agent/patch.js'
export type { TraceIds } from './agent/published.js'
export type { Trace } from './trace.js'

/**
 * The span of a request, for tags, logs and baggage of the app's own.
 *
 * Without an argument it is the span of the request that the running code serves; with a request (`http`'s or
 * Express'), that one's. `undefined` once the span is finished, outside a request, for anything that is no traced
 * request, and in a process that the agent is not loaded into. Never throws.
 */
export function getSpan(req?: unknown): Span | undefined {
  return published()?.getSpan(req)
}

/**
 * The innermost span of the running code: one that `withSpan` opened, or that of the request. `undefined` where there is
 * none. Never throws.
 */
export function activeSpan(): Span | undefined {
  return published()?.activeSpan()
}

/**
 * Runs `run` inside a span, so that calls made and spans begun in there are its children, and hands on what `run`
 * returns or throws.
 *
 * With a name, a child of the active span, which ends when `run` returns, or when the promise that it returns settles;
 * what it throws, or rejects with, is logged on the span. With a span, that one, which is left open. Where nothing is
 * traced, `run` gets a span that does nothing.
 */
export function withSpan<Result>(nameOrSpan: string | Span, run: (span: Span) => Result): Result {
  const agent = published()
  if (agent !== undefined) return agent.withSpan(nameOrSpan, run)
  return run(typeof nameOrSpan === 'object' ? nameOrSpan : new (opentracing().Span)())
}

/**
 * Traces the requests of one route where `TRACE_ALL=false`, and adds attributes of the request as tags everywhere, in
 * the words of `TRACE_TAGS`: `ip`, `params.id`, `res.locals.plan`, `tenant=user.tenantId`.
 *
 * What it returns is a middleware of Express, and a wrapper of handlers:
 *
 * ```js
 * app.get('/users/:id', trace('params.id'), handler)
 * http.createServer(trace('headers.x-tenant')(handler))
 * ```
 *
 * A path that `TRACE_EXCLUDE` names is not traced all the same. Never throws.
 */
export function trace(...attributes: string[]): Trace {
  return traceWith(attributes)
}

/**
 * Adds the active span's context to the headers of a call that the agent does not know of, and returns them: an object,
 * or whatever has a `set`. Without a trace they stay as they are. Never throws.
 */
export function inject<Headers extends object = Record<string, string>>(headers?: Headers): Headers {
  const carrier = headers ?? ({} as Headers)
  published()?.inject(carrier)
  return carrier
}

/**
 * What the trace of the running code is found by, for log lines: `{ traceId, spanId, sampled }` of the active span, or of
 * the last one where that is finished. Empty where there is no trace. Never throws.
 */
export function traceIds(): Partial<TraceIds> {
  return published()?.traceIds() ?? {}
}

/**
 * The OpenTracing tracer. A span that it begins without a parent is a child of the active span. Where the agent is not
 * loaded, one that does nothing. Never throws.
 */
export function tracer(): Tracer {
  return published()?.tracer() ?? new (opentracing().Tracer)()
}

/**
 * Resolves when what is finished has been handed to the backend, or after `TRACE_FLUSH_TIMEOUT`. For functions in the
 * cloud, and others whose process is stopped without notice. Never rejects.
 */
export function flush(): Promise<void> {
  return published()?.flush() ?? Promise.resolve()
}

/** Loaded when it is needed: an app that imports `tracing` for `getSpan` alone is to start as fast as without. */
function opentracing(): typeof import('opentracing') {
  return require('opentracing')
}
