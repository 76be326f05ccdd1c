import { Reference, type Span, type SpanContext, type SpanOptions } from 'opentracing'
import { untraced } from '../../context.js'
import { complain, reason } from '../../log.js'
import type { Backend } from '../backend.js'
import { copied, settled, startForeign } from '../foreign.js'
import { contextsOf } from './contexts.js'

/** One of several tracers. Whatever it throws is said once a minute, and harms neither the app nor the others. */
export class Part {
  private readonly isForeign: boolean
  /** The class of its contexts, as far as is known. */
  private kind: unknown

  constructor(
    private readonly name: string,
    private readonly backend: Backend,
    private readonly index: number,
  ) {
    this.isForeign = backend.foreign === true
  }

  start(name: string, options: SpanOptions): Span | undefined {
    const span = this.attempt('startSpan', () => {
      const { tracer } = this.backend
      const own = this.ownOptions(options)
      if (!this.isForeign || tracer === undefined) return tracer?.startSpan(name, own)
      return startForeign(tracer, name, own, this.failed)
    })
    return isObject(span) ? span : undefined
  }

  contextOf(span: Span | undefined): SpanContext | undefined {
    return span && this.known(this.attempt('context', () => span.context()))
  }

  extract(format: string, carrier: unknown): SpanContext | undefined {
    const own = this.isForeign ? copied(carrier) : carrier
    return this.known(this.attempt('extract', () => this.backend.tracer?.extract(format, own)))
  }

  inject(context: Span | SpanContext, format: string, carrier: unknown): void {
    const own = this.own(context)
    if (own !== undefined) this.attempt('inject', () => this.backend.tracer?.inject(own, format, carrier))
  }

  /** What `call` answers, or `undefined` where it throws. */
  attempt<Result>(method: string, call: () => Result): Result | undefined {
    try {
      return this.isForeign ? settled(method, untraced(call), this.failed) : call()
    } catch (error) {
      this.failed(method, error)
      return undefined
    }
  }

  private readonly failed = (method: string, error: unknown): void => {
    const { name } = this
    complain(`tracer ${name} ${method}`, `the tracer ${name} failed in ${method}(): ${reason(error)}`)
  }

  private known(context: SpanContext | null | undefined): SpanContext | undefined {
    if (!isObject(context)) return undefined
    this.kind = context.constructor
    return context
  }

  private ownOptions({ childOf, references, ...options }: SpanOptions): SpanOptions {
    const own: SpanOptions = options.tags === undefined ? options : { ...options, tags: { ...options.tags } }
    const parent = this.own(childOf)
    if (parent !== undefined) own.childOf = parent
    const ownReferences = references?.flatMap((reference) => {
      const context = this.own(reference.referencedContext())
      return context === undefined ? [] : [new Reference(reference.type(), context)]
    })
    if (ownReferences !== undefined && ownReferences.length > 0) own.references = ownReferences
    return own
  }

  /**
   * What this tracer knows of a span or context: its part of one that stands for several, or what it has made itself.
   * Another tracer's is nothing to it.
   */
  private own(context: unknown): Span | SpanContext | undefined {
    if (!isObject(context)) return undefined
    const contexts = contextsOf(context)
    if (contexts !== undefined) return contexts[this.index]
    if (isSpan(context)) return context.tracer() === this.backend.tracer ? context : undefined
    return isOfKind(context, this.kind) ? context : undefined
  }
}

function isObject<Value>(value: Value): value is Value & object {
  return typeof value === 'object' && value !== null
}

function isSpan(value: object): value is Span {
  return 'tracer' in value && typeof value.tracer === 'function'
}

function isOfKind(value: object, kind: unknown): value is SpanContext {
  return value.constructor === kind
}
