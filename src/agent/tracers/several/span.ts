import { Span, type SpanContext, type Tracer } from 'opentracing'
import { type Contexts, combine, remember } from './contexts.js'
import type { Part } from './part.js'

/** A span of each tracer as one. */
export class SeveralSpan extends Span {
  private contexts: Contexts = []
  private combined: SpanContext | undefined

  constructor(
    private readonly whole: Tracer,
    private readonly parts: readonly Part[],
    /** In the order of the tracers, `undefined` where one could not start it. */
    private readonly spans: readonly (Span | undefined)[],
  ) {
    super()
    this.context()
  }

  override context(): SpanContext {
    const contexts = this.parts.map((part, index) => part.contextOf(this.spans[index]))
    // With new baggage, tracers make new contexts.
    if (this.combined === undefined || contexts.some((context, index) => context !== this.contexts[index])) {
      this.contexts = contexts
      this.combined = combine(contexts)
      for (const alias of [this, ...this.spans, ...contexts]) remember(alias, contexts)
    }
    return this.combined
  }

  override tracer(): Tracer {
    return this.whole
  }

  override setOperationName(name: string): this {
    return this.tell('setOperationName', (span) => span.setOperationName(name))
  }

  override setTag(key: string, value: unknown): this {
    return this.tell('setTag', (span) => span.setTag(key, value))
  }

  override addTags(tags: Record<string, unknown>): this {
    return this.tell('addTags', (span) => span.addTags({ ...tags }))
  }

  override log(fields: Record<string, unknown>, timestamp?: number): this {
    return this.tell('log', (span) => span.log({ ...fields }, timestamp))
  }

  override logEvent(name: string, payload: unknown): void {
    this.tell('logEvent', (span) => span.logEvent(name, payload))
  }

  override setBaggageItem(key: string, value: string): this {
    return this.tell('setBaggageItem', (span) => span.setBaggageItem(key, value))
  }

  /** That of the first tracer that has it. */
  override getBaggageItem(key: string): string | undefined {
    for (const [index, part] of this.parts.entries()) {
      const value = part.attempt('getBaggageItem', () => this.spans[index]?.getBaggageItem(key))
      if (value !== undefined && value !== null) return value
    }
    return undefined
  }

  override finish(finishTime?: number): void {
    this.tell('finish', (span) => span.finish(finishTime))
  }

  private tell(method: string, call: (span: Span) => unknown): this {
    for (const [index, part] of this.parts.entries()) {
      const span = this.spans[index]
      if (span !== undefined) part.attempt(method, () => call(span))
    }
    return this
  }
}
