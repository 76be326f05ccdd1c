import type { Span, Tracer } from 'opentracing'
import { type Attribute, parseAttribute } from './attributes.js'
import { context, serverSpanOf } from './context.js'
import { complain, quote, reason } from './log.js'
import { property } from './modules.js'
import type { Published, TraceIds } from './published.js'
import type { Recorder } from './recorder.js'
import type { Requests } from './requests.js'
import { withNewSpan, withOpenSpan } from './with-span.js'

/** What the app's import of `tracing` reaches. Nothing here throws, but what functions of the app's throw. */
export class Api implements Published {
  /** By the words that the app gave. */
  private readonly attributes = new Map<string, readonly Attribute[]>()
  private ambientTracer: Tracer | undefined

  constructor(
    private readonly recorder: Recorder,
    private readonly requests: Requests,
    /** Milliseconds. */
    private readonly flushTimeout: number,
  ) {}

  getSpan(req: unknown): Span | undefined {
    return (req === undefined ? context.getStore()?.request : serverSpanOf(req))?.handedOut
  }

  activeSpan(): Span | undefined {
    const scope = context.getStore()
    const span = scope?.span
    return span === scope?.request?.span ? scope?.request?.handedOut : span
  }

  withSpan<Result>(nameOrSpan: string | Span, run: (span: Span) => Result): Result {
    return typeof nameOrSpan === 'object' ? withOpenSpan(nameOrSpan, run) : withNewSpan(this.recorder, nameOrSpan, run)
  }

  trace(req: unknown, names: readonly string[]): void {
    this.requests.trace(
      req,
      names.flatMap((name) => this.attribute(name)),
    )
  }

  inject(headers: object): void {
    const scope = context.getStore()
    const sent = scope?.isTraced ? scope.context : scope?.sender
    if (sent === undefined) return
    try {
      const set = property(headers, 'set')
      for (const [name, value] of Object.entries(this.recorder.inject(sent))) {
        if (typeof set === 'function') Reflect.apply(set, headers, [name, value])
        else Reflect.set(headers, name, value)
      }
    } catch (error) {
      complain('inject', `inject() could not add its headers: ${reason(error)}`)
    }
  }

  traceIds(): Partial<TraceIds> {
    const spanContext = context.getStore()?.context
    return spanContext === undefined ? {} : this.recorder.idsOf(spanContext)
  }

  tracer(): Tracer {
    const { AmbientTracer }: typeof import('./ambient-tracer.js') = require('./ambient-tracer.js')
    this.ambientTracer ??= new AmbientTracer(this.recorder)
    return this.ambientTracer
  }

  flush(): Promise<void> {
    return new Promise((resolve) => this.recorder.flush(this.flushTimeout, resolve))
  }

  private attribute(name: string): readonly Attribute[] {
    const known = this.attributes.get(name)
    if (known !== undefined) return known
    const attribute = parseAttribute(name)
    if (attribute === undefined) complain(`trace ${name}`, `trace(): ${quote(name)} is not an attribute`)
    const attributes = attribute === undefined ? [] : [attribute]
    this.attributes.set(name, attributes)
    return attributes
  }
}
