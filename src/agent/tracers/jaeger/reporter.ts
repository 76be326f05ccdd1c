import timers from 'node:timers'
import { debug, quote, reason, say } from '../../log.js'
import type { Delivery } from '../backend.js'
import type { JaegerSpan, Reporter, Tag } from './client.js'
import { outside } from './outside.js'
import type { SpanQueue } from './queue.js'
import { encodeProcess, encodeSpan } from './span.js'

/** As they are now: a test of the app may put a fake clock in their place. */
const { setTimeout } = timers

/** Milliseconds. */
const CLOSE_TIMEOUT = 1_000

/** For a first user, who has no Jaeger yet. */
export const OTHER_WAYS = '. To see traces without one: TRACE_TRACER=console, or npx tracing view'

/** How the spans of a queue leave the process. Never throws, and never keeps the process alive but in `flush`. */
export interface Transport {
  /** What has become of the spans. */
  readonly delivery: Delivery
  /** Sends what can be sent now; with nothing to send, it gets ready for it. */
  send(): void
  /** Sends everything, then calls `done` once, at the latest after `timeout` milliseconds. */
  flush(timeout: number, done: () => void): void
  /** Sends what can be sent at once, before the process is gone. */
  flushNow(): void
}

/** Encodes each finished span, once and alone, and sends full messages at once, others after the flush interval. */
export class QueueReporter implements Reporter {
  private timer: NodeJS.Timeout | undefined
  private armed = false
  private finished = 0

  constructor(
    private readonly queue: SpanQueue,
    private readonly transport: Transport,
    private readonly options: { flushInterval: number; logSpans: boolean },
  ) {}

  setProcess(serviceName: string, tags: readonly Tag[]): void {
    this.queue.process = encodeProcess(serviceName, tags, this.queue.longestProcess)
    this.send()
  }

  /** Never throws. */
  report(span: JaegerSpan): void {
    this.finished++
    try {
      if (this.options.logSpans) say(`span ${quote(span.operationName)} ${span.context()} ${span._duration} ms`)
      const bytes = encodeSpan(span, this.queue.longestSpan)
      if (!this.queue.hasRoomFor(bytes.length)) this.send()
      this.queue.add(bytes)
      this.arm()
    } catch (error) {
      this.queue.lose(1)
      this.queue.complain(`a span cannot be sent: ${reason(error)}`)
    }
  }

  flush(timeout: number, done: () => void): void {
    outside(() => this.transport.flush(timeout, done))
  }

  flushNow(): void {
    this.transport.flushNow()
    const { finished } = this
    const { to, sent } = this.transport.delivery
    debug(`of ${finished} spans, ${sent} were sent to ${to}, and ${finished - sent} are lost`)
  }

  close(done?: () => void): void {
    this.flush(CLOSE_TIMEOUT, () => done?.())
  }

  private send(): void {
    outside(() => this.transport.send())
  }

  /** One timer for good: `refresh` keeps both its context and that it does not keep the process alive. */
  private arm(): void {
    if (this.armed || this.queue.isEmpty) return
    this.armed = true
    if (this.timer !== undefined) this.timer.refresh()
    else outside(() => this.start())
  }

  private start(): void {
    this.timer = setTimeout(() => {
      this.armed = false
      this.transport.send()
      this.arm()
    }, this.options.flushInterval)
    this.timer.unref()
  }
}
