import type { Span, SpanContext } from 'opentracing'
import { elapsed } from './clock.js'
import type { Config } from './config.js'
import type { Scope } from './context.js'
import { errorFields } from './errors.js'
import { complain, reason } from './log.js'
import { contextOf, finish, log, type Recorder, setTag, type Tags } from './recorder.js'
import { expectRedirect, isExpected } from './redirects.js'
import { defaultPort, fullUrl, type Target, tagPlace } from './target.js'
import { addable, type Head, isOpen } from './trace-headers.js'
import { type Answered, awaitBody, bodyIsDone } from './unread.js'

/** From here on, a status says that the server did not do what it was asked. */
const FIRST_ERROR_STATUS = 400

/**
 * The span of an outgoing call, from its start to the last byte of its answer. Where there is none, in a request that
 * is not traced or to a host that is left alone, it stands for the headers that the call gets, or does not get.
 */
export class ClientSpan implements Answered {
  lastSign = 0
  private status = 0
  private failed = false
  private isSilent = false
  private bare = false
  /** Whether the port that the call goes to is known. */
  isPlaced: boolean
  private reads: (() => boolean) | undefined

  constructor(
    private readonly target: Target,
    private readonly config: Config,
    private readonly recorder: Recorder,
    /** Who calls. The answer comes in the context of the connection. */
    private readonly scope: Scope | undefined,
    private span: Span | undefined,
    /** What goes on where there is no span. */
    private readonly sender: SpanContext | undefined,
    /** Milliseconds since the epoch. */
    private readonly startTime: number,
    /** The same moment by the steady clock. */
    private readonly began: number,
  ) {
    this.isPlaced = target.port !== undefined
  }

  /** The headers that are to be added, if any. Never throws. */
  headers(head: Head): readonly [name: string, value: string][] {
    try {
      const own = this.span === undefined ? this.sender : contextOf(this.span)
      this.bare = own === undefined || !isOpen(head) || isExpected(() => this.url)
      return own === undefined || this.bare ? [] : addable(this.recorder.inject(own), head.names)
    } catch (error) {
      complain('headers', `a call does not carry its trace: ${reason(error)}`)
      return []
    }
  }

  /** The call goes to this port. */
  locate(port: number | undefined): void {
    const { span, target, config } = this
    if (span === undefined || this.isPlaced || port === undefined) return
    this.isPlaced = true
    const tags: Tags = {}
    tagPlace(tags, target, port, config)
    for (const [key, value] of Object.entries(tags)) setTag(span, key, value)
  }

  get isAnswered(): boolean {
    return this.status !== 0
  }

  /** The head of the answer is here; `location` tells where it leads to, `reads` whether somebody reads its body. */
  answered(status: number, location: () => unknown, reads: () => boolean): void {
    if (this.bare && status >= 300 && status < FIRST_ERROR_STATUS) this.sendOn(location())
    if (this.span === undefined) return
    this.status = status
    this.reads = reads
    this.goesOn()
    awaitBody(this)
  }

  /** The request is sent, and nothing will tell of its answer. */
  leave(): void {
    if (this.span === undefined) return
    this.isSilent = true
    this.goesOn()
    awaitBody(this)
  }

  /** There was a sign of life. */
  goesOn(): void {
    this.lastSign = elapsed()
  }

  isRead(): boolean {
    return this.reads?.() === true
  }

  /** The call failed: there is no answer, or no whole one. */
  fail(error: unknown): void {
    if (this.span === undefined) return
    this.failed = true
    log(this.span, errorFields(error))
  }

  /** Ends the span; a second call does nothing. */
  finish(at = elapsed()): void {
    this.locate(defaultPort(this.target))
    const { span, status } = this
    const isLost = status === 0 && !this.isSilent
    if (span === undefined) return
    this.span = this.reads = undefined
    bodyIsDone(this)
    if (status !== 0) setTag(span, 'http.status_code', status)
    if (this.failed || isLost || status >= FIRST_ERROR_STATUS) setTag(span, 'error', true)
    if (isLost && !this.failed) log(span, { event: 'error', message: 'closed without an answer' })
    finish(span, this.startTime + (at - this.began))
  }

  private sendOn(location: unknown): void {
    try {
      if (location) expectRedirect(this.url, String(location), this.scope)
    } catch {
      // No URL leads nowhere.
    }
  }

  private get url(): string {
    const { target } = this
    return fullUrl(target, target.port ?? defaultPort(target), target.path)
  }
}
