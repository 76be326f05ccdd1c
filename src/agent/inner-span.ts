import type { Span, SpanContext } from 'opentracing'
import type { Scope, Surroundings } from './context.js'
import { contextOf } from './recorder.js'
import type { ServerSpan } from './server-span.js'

/**
 * A span that the app has made the active one, inside a request or outside of all. What still runs in there after its
 * end is left with an empty shell, as with a request.
 */
export class InnerSpan implements Surroundings {
  readonly isTraced = true
  readonly sender = undefined
  readonly request: ServerSpan | undefined
  private readonly around: Scope | undefined
  private own: Span | WeakRef<Span> | undefined
  private readonly finished: SpanContext | undefined

  constructor(span: Span, around: Scope | undefined) {
    this.own = span
    this.finished = contextOf(span)
    this.request = around?.request
    // Finished ones are skipped: work that starts itself again and again would make a chain without end.
    let outer = around
    while (outer instanceof InnerSpan && outer.own === undefined) outer = outer.around
    this.around = outer
  }

  get span(): Span | undefined {
    const own = this.own instanceof WeakRef ? this.own.deref() : this.own
    return own ?? this.around?.span
  }

  /** A span keeps its ids, if not its baggage, for as long as it lives. */
  get context(): SpanContext | undefined {
    const own = this.own instanceof WeakRef ? this.own.deref() : this.own
    return own === undefined ? this.finished : contextOf(own)
  }

  /** The span is finished. */
  close(): void {
    this.own = undefined
  }

  /** What the app wanted to run is done, though its span may go on: from here on the app alone keeps it. */
  leave(): void {
    if (this.own !== undefined && !(this.own instanceof WeakRef)) this.own = new WeakRef(this.own)
  }
}
