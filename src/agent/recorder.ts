import type { Span, SpanContext } from 'opentracing'
import { complain, reason } from './log.js'
import type { Backend } from './tracers/backend.js'

/** `FORMAT_HTTP_HEADERS` of OpenTracing, by value: the package is loaded with the tracer, not at start. */
const HTTP_HEADERS = 'http_headers'

export type Tags = Record<string, string | number | boolean>

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
    return this.backend
  }

  /** Starts a span, in milliseconds since the epoch; `undefined` when the tracer cannot. */
  start(name: string, childOf: SpanContext | undefined, startTime: number, tags: Tags): Span | undefined {
    try {
      const backend = this.prepare()
      if (backend === undefined) return undefined
      const span = backend.tracer.startSpan(
        name,
        childOf === undefined ? { startTime, tags } : { childOf, startTime, tags },
      )
      // Tracers there are that forget the tags of a start (OpenTracing's own MockTracer); ours would list them twice.
      if (backend.foreign) span.addTags(tags)
      return isObject(span) ? span : undefined
    } catch (error) {
      report('startSpan', error)
      return undefined
    }
  }

  /** The parent that the headers of a request name, if any. */
  extract(headers: object): SpanContext | undefined {
    try {
      return this.prepare()?.tracer.extract(HTTP_HEADERS, headers) ?? undefined
    } catch (error) {
      report('extract', error)
      return undefined
    }
  }
}

export function setOperationName(span: Span, name: string): void {
  try {
    span.setOperationName(name)
  } catch (error) {
    report('setOperationName', error)
  }
}

export function setTag(span: Span, key: string, value: string | number | boolean): void {
  try {
    span.setTag(key, value)
  } catch (error) {
    report('setTag', error)
  }
}

export function log(span: Span, fields: Record<string, unknown>): void {
  try {
    span.log(fields)
  } catch (error) {
    report('log', error)
  }
}

/** Ends the span, in milliseconds since the epoch. */
export function finish(span: Span, finishTime: number): void {
  try {
    span.finish(finishTime)
  } catch (error) {
    report('finish', error)
  }
}

function report(method: string, error: unknown): void {
  complain(`tracer ${method}`, `the tracer failed in ${method}(): ${reason(error)}`)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
