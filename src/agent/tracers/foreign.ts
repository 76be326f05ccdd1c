import type { Span, SpanOptions, Tracer } from 'opentracing'
import { untraced } from '../context.js'

/**
 * Starts a span of a tracer that others wrote. What it calls by itself is not traced, and the tags are given once more:
 * tracers there are that forget those of a start (OpenTracing's own MockTracer); ours would list them twice. A span that
 * does not take them is better than none: `failed` hears of it.
 */
export function startForeign(
  tracer: Tracer,
  name: string,
  options: SpanOptions,
  failed: (method: string, error: unknown) => void,
): Span {
  return untraced(() => {
    const span = tracer.startSpan(name, options)
    try {
      if (typeof span === 'object' && span !== null) tagAgain(span, options.tags ?? {})
    } catch (error) {
      failed('addTags', error)
    }
    return span
  })
}

/** Not every span has every method. */
function tagAgain(span: Span, tags: Readonly<Record<string, unknown>>): void {
  if (typeof span.addTags === 'function') span.addTags(tags)
  else for (const [key, value] of Object.entries(tags)) span.setTag(key, value)
}
