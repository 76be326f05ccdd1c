import type { Span, SpanContext, SpanOptions } from 'opentracing'
import { untraced } from './context.js'
import { complain, reason } from './log.js'
import { property } from './modules.js'
import type { TraceIds } from './published.js'
import { wholeId } from './text.js'
import type { Backend } from './tracers/backend.js'
import { copied, settled, startForeign } from './tracers/foreign.js'

/** `FORMAT_HTTP_HEADERS` of OpenTracing, by value: the package is loaded with the tracer, not at start. */
const HTTP_HEADERS = 'http_headers'

export type Tags = Record<string, string | number | boolean>

/** Whether others wrote the tracer: it may make calls of its own at any time, which must not be traced. */
let isForeign = false

/** Headers by name, without a prototype, in an object that is as fast as any other. */
class Carrier {
  static {
    Object.setPrototypeOf(Carrier.prototype, null)
  }

  [name: string]: unknown
}

/** Speaks OpenTracing to whatever tracer the user chose, and survives it: nothing here throws. */
export class Recorder {
  private backend: Backend | undefined
  private isPrepared = false

  /** `make` answers the tracer, or nothing where there is none, and never throws. */
  constructor(private readonly make: () => Backend | undefined) {}

  /** Makes the tracer, where that has not been done. */
  prepare(): Backend | undefined {
    if (this.isPrepared) return this.backend
    this.isPrepared = true
    this.backend = this.make()
    isForeign = this.backend?.foreign === true
    return this.backend
  }

  /** Starts a span, in milliseconds since the epoch; `undefined` when the tracer cannot. */
  start(name: string, childOf: SpanContext | undefined, startTime: number, tags: Tags): Span | undefined {
    try {
      const { tracer, foreign } = this.prepare() ?? {}
      if (tracer === undefined) return undefined
      const options = childOf === undefined ? { startTime, tags } : { childOf, startTime, tags }
      const span = foreign ? startForeign(tracer, name, options, report) : tracer.startSpan(name, options)
      return isObject(span) ? span : undefined
    } catch (error) {
      report('startSpan', error)
      return undefined
    }
  }

  /** The same for the app, with whatever options it gives. */
  startForApp(name: string, options: SpanOptions): Span | undefined {
    try {
      const { tracer, foreign } = this.prepare() ?? {}
      if (tracer === undefined) return undefined
      const start = () => tracer.startSpan(name, options)
      const span = answered('startSpan', foreign ? untraced(start) : start())
      return isObject(span) ? span : undefined
    } catch (error) {
      report('startSpan', error)
      return undefined
    }
  }

  /** The parent that the headers of a request name, if any. */
  extract(carrier: unknown, format = HTTP_HEADERS): SpanContext | undefined {
    try {
      const tracer = this.prepare()?.tracer
      return answered('extract', tracer?.extract(format, isForeign ? copied(carrier) : carrier)) ?? undefined
    } catch (error) {
      report('extract', error)
      return undefined
    }
  }

  /** The headers that tell the receiver of a call about this context. */
  inject(context: SpanContext): Record<string, unknown> {
    const headers = new Carrier()
    this.injectInto(context, HTTP_HEADERS, headers)
    return headers
  }

  /** The same in any format, of a context or of a span. */
  injectInto(of: SpanContext | Span, format: string, carrier: unknown): void {
    try {
      answered('inject', this.prepare()?.tracer?.inject('context' in of ? of.context() : of, format, carrier))
    } catch (error) {
      report('inject', error)
    }
  }

  /** What a trace of this context is found by; what the tracer does not tell is left out. */
  idsOf(context: SpanContext): Partial<TraceIds> {
    try {
      const traceId = context.toTraceId()
      if (!traceId) return {}
      const ids = { traceId, spanId: context.toSpanId() }
      const isSampled = property(context, 'isSampled')
      const told = typeof isSampled === 'function' ? { sampled: Boolean(Reflect.apply(isSampled, context, [])) } : {}
      if (this.backend?.foreign) return { ...ids, ...told }
      return { traceId: wholeId(ids.traceId), spanId: wholeId(ids.spanId), ...told }
    } catch (error) {
      report('context', error)
      return {}
    }
  }

  /** Hands what is finished to the backend, in at most `timeout` milliseconds; then calls `done`, once. */
  flush(timeout: number, done: () => void): void {
    if (this.backend === undefined) done()
    else this.backend.flush(timeout, done)
  }
}

export function contextOf(span: Span): SpanContext | undefined {
  try {
    return answered('context', span.context())
  } catch (error) {
    report('context', error)
    return undefined
  }
}

export function setOperationName(span: Span, name: string): void {
  try {
    answered('setOperationName', span.setOperationName(name))
  } catch (error) {
    report('setOperationName', error)
  }
}

export function setTag(span: Span, key: string, value: string | number | boolean): void {
  try {
    answered('setTag', span.setTag(key, value))
  } catch (error) {
    report('setTag', error)
  }
}

export function log(span: Span, fields: Record<string, unknown>): void {
  try {
    answered('log', span.log(fields))
  } catch (error) {
    report('log', error)
  }
}

/** Ends the span, in milliseconds since the epoch. */
export function finish(span: Span, finishTime: number): void {
  try {
    if (!isForeign) span.finish(finishTime)
    else untraced(() => answered('finish', span.finish(finishTime)))
  } catch (error) {
    report('finish', error)
  }
}

/** What a call of the tracer has answered, unless that is a promise. */
function answered<Answer>(method: string, answer: Answer): Answer | undefined {
  return isForeign ? settled(method, answer, report) : answer
}

function report(method: string, error: unknown): void {
  complain(`tracer ${method}`, `the tracer failed in ${method}(): ${reason(error)}`)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
