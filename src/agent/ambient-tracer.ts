import { Span, type SpanContext, type SpanOptions, Tracer } from 'opentracing'
import { context } from './context.js'
import { contextOf, type Recorder } from './recorder.js'

const NOTHING = new Span().context()

/**
 * The tracer as the app sees it. A span that begins without a parent is a child of the active one, which OpenTracing
 * leaves to tracers and jaeger-client does not do; `references: []` begins a new trace. Never throws.
 */
export class AmbientTracer extends Tracer {
  constructor(private readonly recorder: Recorder) {
    super()
  }

  override startSpan(name: string, options: SpanOptions = {}): Span {
    if (isOfNothing(options)) return new Span()
    if (options.childOf || options.references) return this.recorder.startForApp(name, options) ?? new Span()
    const scope = context.getStore()
    // What belongs to a request that is not traced is not traced either.
    if (scope?.isTraced === false) return new Span()
    const childOf = scope?.context
    return this.recorder.startForApp(name, childOf === undefined ? options : { ...options, childOf }) ?? new Span()
  }

  override inject(spanContext: SpanContext | Span, format: string, carrier: unknown): void {
    this.recorder.injectInto(spanContext, format, carrier)
  }

  override extract(format: string, carrier: unknown): SpanContext | null {
    return this.recorder.extract(carrier, format) ?? null
  }
}

/** Whether the parent is a span that does nothing, as the app gets in a request that is not traced. */
function isOfNothing({ childOf, references }: SpanOptions): boolean {
  const parent: unknown = childOf ?? references?.[0]?.referencedContext()
  return parent === NOTHING || (parent instanceof Span && contextOf(parent) === NOTHING)
}
