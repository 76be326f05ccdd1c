import type { Span } from 'opentracing'
import { published } from './agent/published.js'

export type { Span } from 'opentracing'

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
