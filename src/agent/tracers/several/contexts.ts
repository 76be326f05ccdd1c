import { SpanContext } from 'opentracing'

/** The contexts of one span, in the order of the tracers, `undefined` where one has none. */
export type Contexts = readonly (SpanContext | undefined)[]

/** By what stands for all of them: one context, the span itself, and what a single tracer calls it. */
const known = new WeakMap<object, Contexts>()

/** The contexts that belong together with a span or context; `undefined` for one that is no part of ours. */
export function contextsOf(context: object): Contexts | undefined {
  return known.get(context)
}

export function remember(spanOrContext: object | undefined, contexts: Contexts): void {
  if (spanOrContext !== undefined) known.set(spanOrContext, contexts)
}

/** A context that stands for all of these. Whatever else it is asked, of its ids or its sampling, the first one answers. */
export function combine(contexts: Contexts): SpanContext {
  const first: object = contexts.find((context) => context !== undefined) ?? new SpanContext()
  const combined = new Proxy(new SpanContext(), {
    get(_target, key) {
      const value: unknown = Reflect.get(first, key)
      return typeof value === 'function' && key !== 'constructor' ? value.bind(first) : value
    },
    has: (_target, key) => Reflect.has(first, key),
    set: (_target, key, value) => Reflect.set(first, key, value),
    getPrototypeOf: () => Reflect.getPrototypeOf(first),
  })
  remember(combined, contexts)
  return combined
}
