import type { Span, SpanOptions, Tracer } from 'opentracing'
import { untraced } from '../context.js'

/**
 * Starts a span of a tracer that others wrote. What it calls by itself is not traced, and the tags are given once more:
 * tracers there are that forget those of a start (OpenTracing's own MockTracer); ours would list them twice.
 */
export function startForeign(tracer: Tracer, name: string, options: SpanOptions): Span {
  return untraced(() => {
    const span = tracer.startSpan(name, options)
    span.addTags(options.tags ?? {})
    return span
  })
}
