import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Span, SpanContext } from 'opentracing'
import { type Attribute, readAttribute } from './attributes.js'
import { elapsed, now } from './clock.js'
import type { Config } from './config.js'
import type { Surroundings } from './context.js'
import { errorFields } from './errors.js'
import type { Hooks } from './hooks.js'
import { debug, isDebugging, quote } from './log.js'
import { contextOf, finish, log, setOperationName, setTag } from './recorder.js'
import { type Frame, Journey } from './routes.js'
import type { Layer } from './templates.js'

const MOST_ERRORS = 8
/** How Node begins each answer. */
const STATUS_LINE = 'HTTP/1.1 '

/** What holds for the spans of all requests. */
export interface Settings {
  readonly config: Config
  readonly hooks: Hooks | undefined
}

/**
 * The span of an incoming request, from the first header to the last byte. It is the store of the request's async
 * context as well, and lets go of all that it holds when it is finished: what outlives the request keeps an empty shell.
 * Where the app is to choose what is traced, it stands for a request without a span until the app does.
 */
export class ServerSpan implements Surroundings {
  readonly request = this
  /** The OpenTracing span, from `start` until it is finished. */
  span: Span | undefined
  isTraced = false
  /** Whether the request has ended, so that it gets no span any more. */
  isOver = false
  /** The status of an answer that no `ServerResponse` gave: of a handshake. */
  status: number | undefined
  /** Whether one listener for the response's `finish` is Node's own, which needs no context. */
  hasNodesListener = false
  /** Whether the response was handed to the operating system as a whole. */
  sent = false
  private component: 'express' | 'http' = 'http'
  private journey: Journey | undefined
  private errors: unknown[] | undefined
  private readonly began = elapsed()
  /** Milliseconds since the epoch. */
  readonly startTime = now(this.began)
  private finished: SpanContext | undefined
  private attributes: readonly Attribute[]
  private toldRoute: string | undefined
  private isHandedOut = false
  private isNamed = false

  constructor(
    /** Until it is over. */
    public req: IncomingMessage | undefined,
    private res: ServerResponse | undefined,
    readonly method: string,
    public sender: SpanContext | undefined,
    private readonly settings: Settings,
  ) {
    this.attributes = settings.config.tags
  }

  /** Gives the request its span. */
  start(span: Span): void {
    this.span = span
    this.isTraced = true
    this.sender = undefined
  }

  /** The span, to hand to the app: a name that the app gives it stays. */
  get handedOut(): Span | undefined {
    const { span } = this
    if (span === undefined || this.isHandedOut) return span
    this.isHandedOut = true
    const { setOperationName } = span
    const value = (name: string): Span => {
      this.isNamed = true
      return Reflect.apply(setOperationName, span, [name])
    }
    Reflect.defineProperty(span, 'setOperationName', { value, configurable: true, writable: true })
    return span
  }

  /** What calls made in this request are children of; those made after its end, too. */
  get context(): SpanContext | undefined {
    return this.span === undefined ? this.finished : contextOf(this.span)
  }

  servedBy(component: 'express'): void {
    this.component = component
  }

  /** Whether the app has given its answer, so that nothing which routers still do can change what the request was for. */
  get settled(): boolean {
    // What `writableEnded` answers. Express gives each response a hidden class of its own, where V8 takes 1.2 µs to find
    // that on a prototype, and this, which is the response's own, in 0.2 µs.
    return this.res === undefined || Reflect.get(this.res, 'finished')
  }

  /** Answers what `leaveRouter` wants back. */
  enterRouter(router: object): Frame {
    this.journey ??= new Journey()
    return this.journey.enterRouter(router, this.req ?? {})
  }

  leaveRouter(frame: Frame, failed: boolean, error: unknown): void {
    if (failed) this.fail(error)
    this.journey?.leaveRouter(frame, failed, this)
  }

  enterLayer(layer: Layer): void {
    if (this.req !== undefined) this.journey?.enterLayer(layer, this.req, this)
  }

  /** An error of the app turned up: thrown, rejected or passed on. One that is passed on further is the same error. */
  fail(error: unknown): void {
    const { span } = this
    if (span === undefined) return
    this.errors ??= []
    if (this.errors.length === MOST_ERRORS || this.errors.includes(error)) return
    this.errors.push(error)
    log(span, errorFields(error))
    if (this.req !== undefined && !this.settled) this.journey?.fail(this.req)
  }

  /** A patch knows the route of the request, where none of ours does. */
  tellRoute(template: string): void {
    this.toldRoute = template
  }

  /** These attributes become tags, too. */
  tag(attributes: readonly Attribute[]): void {
    const added = attributes.filter(({ name }) => this.attributes.every((attribute) => attribute.name !== name))
    if (added.length > 0) this.attributes = [...this.attributes, ...added]
  }

  /** Ends the span; a second call does nothing. */
  finish(aborted: boolean): void {
    if (this.isOver) return
    this.isOver = true
    if (this.span !== undefined) this.end(this.span, aborted)
    this.req = this.res = this.journey = this.errors = undefined
  }

  private end(span: Span, aborted: boolean): void {
    const { req, res, journey } = this
    const { config, hooks } = this.settings
    const route = this.toldRoute ?? journey?.route
    const status = this.status ?? this.sentStatus()
    const name = this.operationName(route)
    if (name !== this.method && !this.isNamed) setOperationName(span, name)
    setTag(span, 'component', this.component)
    if (status !== undefined) setTag(span, 'http.status_code', status)
    if (route !== undefined) setTag(span, 'http.route', route)
    if (status === undefined ? this.errors !== undefined : config.errorStatus(status)) setTag(span, 'error', true)
    if (aborted) {
      setTag(span, 'http.aborted', true)
      log(span, { event: 'aborted' })
    }
    for (const attribute of this.attributes) {
      const value = readAttribute(attribute, req, res ?? {}, config.query)
      if (value !== undefined) setTag(span, attribute.name, value)
    }
    if (hooks !== undefined && req !== undefined) hooks.onFinish(this, req, res)
    if (isDebugging()) debug(`finished span ${quote(name)}, status ${status ?? 'none'}${aborted ? ', aborted' : ''}`)
    this.span = undefined
    this.finished = contextOf(span)
    finish(span, this.startTime + (elapsed() - this.began))
  }

  /** The status that the client got. An answer that waits for its turn on the connection has a head, but no socket. */
  private sentStatus(): number | undefined {
    const { res, sent } = this
    return res?.headersSent && (sent || res.socket !== null) ? statusOf(res) : undefined
  }

  private operationName(route: string | undefined): string {
    const { operation } = this.settings.config
    if (route === undefined || operation === 'method') return this.method
    const handler = operation === 'handler' ? this.journey?.handler?.name : undefined
    return handler === undefined || handler === '<anonymous>' ? `${this.method} ${route}` : handler
  }
}

/** What Node has sent: an app may set another status later, though hardly the message that Node set with the first. */
function statusOf(res: ServerResponse): number {
  const { statusCode, statusMessage } = res
  // The head itself is read last: that makes one string of its many pieces.
  if (statusMessage === messages()[statusCode]) return statusCode
  const head = '_header' in res ? res._header : undefined
  if (typeof head !== 'string' || !head.startsWith(STATUS_LINE)) return statusCode
  return Number(head.slice(STATUS_LINE.length, STATUS_LINE.length + 3))
}

let nodesMessages: Readonly<Record<number, string | undefined>> | undefined

/** Those of `http`, which is loaded when there is a response. */
function messages() {
  nodesMessages ??= (require('node:http') as typeof import('node:http')).STATUS_CODES
  return nodesMessages
}
