import type { Span, SpanOptions, Tracer } from 'opentracing'
import { untraced } from '../context.js'

/** Hears what a method threw, or why its promise was rejected. */
type Failed = (method: string, error: unknown) => void

/**
 * Starts a span of a tracer that others wrote. What it calls by itself is not traced, and the tags are given once more:
 * tracers there are that forget those of a start (OpenTracing's own MockTracer); ours would list them twice. A span that
 * does not take them is better than none.
 */
export function startForeign(tracer: Tracer, name: string, options: SpanOptions, failed: Failed): Span | undefined {
  return untraced(() => {
    const span = settled('startSpan', tracer.startSpan(name, options), failed)
    try {
      if (typeof span === 'object' && span !== null) tagAgain(span, options.tags ?? {}, failed)
    } catch (error) {
      failed('addTags', error)
    }
    return span
  })
}

/**
 * What a method of a tracer that others wrote has answered; `undefined` for a promise, which nobody waits for: one that
 * is rejected would end the process.
 */
export function settled<Answer>(method: string, answer: Answer, failed: Failed): Answer | undefined {
  if (!isPromise(answer)) return answer
  Promise.resolve(answer).catch((error) => failed(method, error))
  return undefined
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

/** A carrier of the app's, which a tracer that others wrote must not change. */
export function copied(carrier: unknown): unknown {
  return typeof carrier === 'object' && carrier !== null ? { ...carrier } : carrier
}

/** Not every span has every method. */
function tagAgain(span: Span, tags: Readonly<Record<string, unknown>>, failed: Failed): void {
  if (typeof span.addTags === 'function') settled('addTags', span.addTags(tags), failed)
  else for (const [key, value] of Object.entries(tags)) settled('setTag', span.setTag(key, value), failed)
}
