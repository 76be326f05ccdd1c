import type { Tracer } from 'opentracing'

/** The tracer that the app has handed to `initGlobalTracer` of its own copy of `opentracing`; the last one counts. */
let own: Tracer | undefined

export function noteGlobalTracer(tracer: Tracer): void {
  own = tracer
}

/** The app's own tracer, as soon as it has one. */
export function globalTracer(): Tracer | undefined {
  return own
}
