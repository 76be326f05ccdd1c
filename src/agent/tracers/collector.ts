import timers from 'node:timers'
import { debug, reason } from '../log.js'
import type { Delivery } from './backend.js'
import type { Outcome } from './exchange.js'
import { type Batch, MOST_TRIES, OTHER_WAYS, type Outbox, type Transport } from './transport.js'

const { setTimeout, clearTimeout } = timers

/** How long a collector that is in trouble is left alone at least, in milliseconds. */
const LEAST_PAUSE = 100
const REFUSED = 'ECONNREFUSED'
const TOO_LARGE = 413
const TOO_MANY_REQUESTS = 429
const UNAVAILABLE = 503

/** A server that takes messages of spans, and says of each whether it has it. */
export interface Collector<Span> {
  /** As it is called in a line for the user. */
  readonly name: string
  /** Where it is, as it may be shown: without credentials and query. */
  readonly address: string
  /**
   * Sends one message, in at most `timeout` milliseconds, and answers a function that ends this early. Throws what is
   * wrong with the spans.
   */
  post(spans: readonly Span[], timeout: number, done: (outcome: Outcome) => void): () => void
}

/** Sends the spans of an outbox to a collector, one message at a time. */
export class CollectorTransport<Span> implements Transport {
  /** Milliseconds. */
  private readonly timeout: number
  private readonly pauseTime: number
  private readonly flushes = new Set<() => void>()
  /** The request that is under way: how many spans it has, and what ends it. */
  private request: { readonly spans: number; readonly giveUp: () => void } | undefined
  private pause: NodeJS.Timeout | undefined
  /** Whether a flush has failed, and the pause after that is not over: at an exit, one flush leads to the next. */
  private hasGivenUp = false
  private outcome: Delivery['outcome']
  private reason = ''

  constructor(
    private readonly outbox: Outbox<Span>,
    private readonly collector: Collector<Span>,
    { timeout, flushInterval }: { timeout: number; flushInterval: number },
  ) {
    this.timeout = timeout
    this.pauseTime = Math.max(flushInterval, LEAST_PAUSE)
  }

  get delivery(): Delivery {
    const { outcome, reason, request } = this
    const { sent, lost, waiting } = this.outbox
    return { to: this.collector.address, outcome, reason, sent, lost, waiting: waiting + (request?.spans ?? 0) }
  }

  send(): void {
    const isPaused = this.pause !== undefined && this.flushes.size === 0
    if (this.request !== undefined || isPaused) return
    const batch = this.outbox.take()
    if (batch === undefined) return
    try {
      const giveUp = this.collector.post(batch.spans, this.timeout, (outcome) => this.answered(batch, outcome))
      this.request = { spans: batch.spans.length, giveUp }
    } catch (error) {
      this.refused(batch, error)
    }
  }

  flush(timeout: number, done: () => void): void {
    if (this.hasGivenUp) {
      done()
      return
    }
    const finish = () => {
      if (!this.flushes.delete(finish)) return
      clearTimeout(timer)
      done()
    }
    // Unlike all else here it keeps the process alive.
    const timer = setTimeout(() => {
      finish()
      if (this.flushes.size === 0) this.request?.giveUp()
    }, timeout)
    this.flushes.add(finish)
    this.send()
    if (this.request === undefined) finish()
  }

  /** A request takes turns of the event loop, and a process that exits has none left. */
  flushNow(): void {}

  private answered(batch: Batch<Span>, outcome: Outcome): void {
    this.request = undefined
    const isAccepted = outcome.status >= 200 && outcome.status < 300
    this.outcome = isAccepted ? 'accepted' : 'lost'
    this.reason = reasonFor(outcome)
    if (isAccepted) this.sent(batch)
    else this.failed(batch, outcome)
  }

  private sent(batch: Batch<Span>): void {
    this.outbox.sent += batch.spans.length
    debug(`sent ${batch.spans.length} spans to ${this.collector.address}`)
    if (this.outbox.isEmpty) this.endFlushes()
    else if (this.flushes.size > 0 || this.outbox.isFull) this.send()
  }

  /** Once more where that may help, at once if the process waits for it; of a flush, a second failure is the end. */
  private failed(batch: Batch<Span>, outcome: Outcome): void {
    if (outcome.status === TOO_LARGE) this.outbox.shorten()
    const again = this.outbox.giveBack(batch, triesAllowed(outcome))
    if (again && outcome.status === 0 && outcome.reused) {
      this.send()
      return
    }
    this.complain(outcome.error)
    this.pause ??= setTimeout(() => {
      this.pause = undefined
      this.hasGivenUp = false
      this.send()
    }, this.pauseTime).unref()
    if (again && this.flushes.size > 0 && batch.tries < MOST_TRIES) {
      this.send()
      return
    }
    this.hasGivenUp = this.flushes.size > 0
    this.endFlushes()
  }

  /** These spans cannot be put into a message. */
  private refused(batch: Batch<Span>, error: unknown): void {
    this.outcome = 'lost'
    this.reason = reason(error)
    this.outbox.lose(batch.spans.length)
    this.complain(undefined)
    if (this.outbox.isEmpty) this.endFlushes()
    else if (this.flushes.size > 0) this.send()
  }

  private complain(error: NodeJS.ErrnoException | undefined): void {
    const { outbox, reason } = this
    const { name, address } = this.collector
    if (error?.code === REFUSED) outbox.complain(`no ${name} listens on ${address}`, OTHER_WAYS)
    else outbox.complain(`spans cannot be sent to ${address}: ${reason}`)
  }

  private endFlushes(): void {
    for (const finish of this.flushes) finish()
  }
}

/** What the collector says, or the system where that says nothing. */
function reasonFor({ status, error }: Outcome): string {
  if (status !== 0 && error === undefined) return `it answers ${status}`
  return error?.code === REFUSED ? `nobody listens there (${REFUSED})` : (error?.code ?? reason(error))
}

/**
 * How often a batch may be sent that ends like this. Where nobody is, or where patience is asked for, it waits for as
 * long as that lasts: the outbox behind it is bounded. Elsewhere it may be to blame itself.
 */
function triesAllowed({ status, reached, late }: Outcome): number {
  if (!reached || status === TOO_MANY_REQUESTS || status === UNAVAILABLE) return Number.POSITIVE_INFINITY
  const mayHelp = status === 0 ? !late : status >= 500
  return mayHelp ? MOST_TRIES : 1
}
