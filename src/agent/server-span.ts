import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Span, SpanContext } from 'opentracing'
import { readAttribute } from './attributes.js'
import { elapsed } from './clock.js'
import type { Config } from './config.js'
import { errorFields } from './errors.js'
import { debug, isDebugging, quote } from './log.js'
import { contextOf, finish, log, setOperationName, setTag } from './recorder.js'
import { type Frame, Journey } from './routes.js'
import type { Layer } from './templates.js'

const MOST_ERRORS = 8

/**
 * The span of an incoming request, from the first header to the last byte. It is the store of the request's async
 * context as well, and lets go of all that it holds when it is finished: what outlives the request keeps an empty shell.
 */
export class ServerSpan {
  /** The status of an answer that no `ServerResponse` gave: of a handshake. */
  status: number | undefined
  /** Whether the response was handed to the operating system as a whole. */
  sent = false
  private component: 'express' | 'http' = 'http'
  private journey: Journey | undefined
  private errors = 0
  private error: unknown
  private readonly began = elapsed()
  private finished: SpanContext | undefined

  constructor(
    /** The OpenTracing span, until it is finished. */
    public span: Span | undefined,
    private req: IncomingMessage | undefined,
    private res: ServerResponse | undefined,
    private readonly method: string,
    private readonly startTime: number,
    private readonly config: Config,
  ) {}

  /** What calls made in this request are children of; those made after its end, too. */
  get context(): SpanContext | undefined {
    return this.span === undefined ? this.finished : contextOf(this.span)
  }

  servedBy(component: 'express'): void {
    this.component = component
  }

  /** Whether the app has given its answer, so that nothing which routers still do can change what the request was for. */
  get settled(): boolean {
    return this.res === undefined || this.res.writableEnded
  }

  /** Answers what `leaveRouter` wants back. */
  enterRouter(router: object): Frame {
    this.journey ??= new Journey()
    return this.journey.enterRouter(router, this.req ?? {})
  }

  leaveRouter(frame: Frame, failed: boolean, error: unknown): void {
    if (failed) this.fail(error)
    if (!this.settled) this.journey?.leaveRouter(frame, failed)
  }

  enterLayer(layer: Layer): void {
    if (this.req !== undefined && !this.settled) this.journey?.enterLayer(layer, this.req)
  }

  /** An error of the app turned up: thrown, rejected or passed on. One that is passed on further is the same error. */
  fail(error: unknown): void {
    const { span } = this
    if (span === undefined || this.errors === MOST_ERRORS || (this.errors > 0 && error === this.error)) return
    this.errors++
    this.error = error
    log(span, errorFields(error))
    if (this.req !== undefined && !this.settled) this.journey?.fail(this.req)
  }

  /** Ends the span; a second call does nothing. */
  finish(aborted: boolean): void {
    const { span, res, config, journey } = this
    if (span === undefined) return
    this.span = undefined
    this.finished = contextOf(span)

    const route = journey?.route
    const status = this.status ?? (res?.headersSent ? sentStatus(res) : undefined)
    const name = this.operationName(route)
    if (name !== this.method) setOperationName(span, name)
    setTag(span, 'component', this.component)
    if (status !== undefined) setTag(span, 'http.status_code', status)
    if (route !== undefined) setTag(span, 'http.route', route)
    if (status === undefined ? this.errors > 0 : config.errorStatus(status)) setTag(span, 'error', true)
    if (aborted) {
      setTag(span, 'http.aborted', true)
      log(span, { event: 'aborted' })
    }
    this.readAttributes(span)
    if (isDebugging()) debug(`finished span ${quote(name)}, status ${status ?? 'none'}${aborted ? ', aborted' : ''}`)
    finish(span, this.startTime + (elapsed() - this.began))

    this.req = this.res = this.journey = this.error = undefined
  }

  private readAttributes(span: Span): void {
    const { req, res = {}, config } = this
    if (req === undefined) return
    for (const attribute of config.tags) {
      const value = readAttribute(attribute, req, res, config.query)
      if (value !== undefined) setTag(span, attribute.name, value)
    }
  }

  private operationName(route: string | undefined): string {
    if (route === undefined || this.config.operation === 'method') return this.method
    const handler = this.config.operation === 'handler' ? this.journey?.handler?.name : undefined
    return handler === undefined || handler === '<anonymous>' ? `${this.method} ${route}` : handler
  }
}

/** The status that the client got, from the head as Node has sent it: an app may set another one later. */
function sentStatus(res: ServerResponse): number {
  const head = '_header' in res ? String(res._header) : ''
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? res.statusCode)
}
