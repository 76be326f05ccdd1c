import http from 'node:http'
import timers from 'node:timers'
import { urlToHttpOptions } from 'node:url'
import { debug, reason } from '../../log.js'
import type { Delivery } from '../backend.js'
import { exchange, type Outcome } from './exchange.js'
import { collectorMessage } from './message.js'
import { type Batch, MOST_TRIES, type SpanQueue } from './queue.js'
import { OTHER_WAYS, type Transport } from './reporter.js'

const { setTimeout, clearTimeout } = timers

/** How long a collector that is in trouble is left alone at least, in milliseconds. */
const LEAST_PAUSE = 100
const REFUSED = 'ECONNREFUSED'
const TOO_LARGE = 413
const TOO_MANY_REQUESTS = 429
const UNAVAILABLE = 503

/** Posts spans to a Jaeger collector, one request at a time. */
export class HttpTransport implements Transport {
  private readonly request: http.RequestOptions
  /** Where the spans go, as it may be shown: without credentials and query. */
  private readonly shown: string
  /** Milliseconds. */
  private readonly timeout: number
  private readonly pauseTime: number
  private readonly flushes = new Set<() => void>()
  /** Ends the request that is under way. */
  private giveUp: (() => void) | undefined
  private pause: NodeJS.Timeout | undefined
  private outcome: Delivery['outcome']
  private reason = ''

  constructor(
    private readonly queue: SpanQueue,
    { url, auth }: { url: URL; auth: string | undefined },
    { timeout, flushInterval }: { timeout: number; flushInterval: number },
  ) {
    this.timeout = timeout
    this.pauseTime = Math.max(flushInterval, LEAST_PAUSE)
    const { protocol, hostname, port, path } = urlToHttpOptions(url)
    this.request = { protocol, hostname, port, path, auth, method: 'POST', agent: keepAliveAgent(url) }
    this.shown = `${url.origin}${url.pathname}`
  }

  get delivery(): Delivery {
    const { shown: to, outcome, reason } = this
    const { sent, lost } = this.queue
    return { to, outcome, reason, sent, lost }
  }

  send(): void {
    const isPaused = this.pause !== undefined && this.flushes.size === 0
    if (this.giveUp !== undefined || isPaused) return
    const batch = this.queue.take()
    if (batch === undefined) return
    const body = collectorMessage(this.queue.process, batch.spans)
    const headers = { 'Content-Type': 'application/x-thrift', 'Content-Length': body.length }
    this.giveUp = exchange({ ...this.request, headers }, body, this.timeout, (outcome) => {
      this.giveUp = undefined
      const isAccepted = outcome.status >= 200 && outcome.status < 300
      this.outcome = isAccepted ? 'accepted' : 'lost'
      this.reason = reasonFor(outcome)
      if (isAccepted) this.sent(batch)
      else this.failed(batch, outcome)
    })
  }

  flush(timeout: number, done: () => void): void {
    const finish = () => {
      if (!this.flushes.delete(finish)) return
      clearTimeout(timer)
      done()
    }
    // Unlike all else here it keeps the process alive.
    const timer = setTimeout(() => {
      finish()
      if (this.flushes.size === 0) this.giveUp?.()
    }, timeout)
    this.flushes.add(finish)
    this.send()
    if (this.giveUp === undefined) finish()
  }

  /** A request takes turns of the event loop, and a process that exits has none left. */
  flushNow(): void {}

  private sent(batch: Batch): void {
    this.queue.sent += batch.spans.length
    debug(`sent ${batch.spans.length} spans to ${this.shown}`)
    if (this.queue.isEmpty) this.endFlushes()
    else if (this.flushes.size > 0 || !this.queue.hasRoomFor(1)) this.send()
  }

  /** Once more where that may help, at once if the process waits for it; of a flush, a second failure is the end. */
  private failed(batch: Batch, outcome: Outcome): void {
    if (outcome.status === TOO_LARGE) this.queue.shorten()
    const again = this.queue.giveBack(batch, triesAllowed(outcome))
    if (again && outcome.status === 0 && outcome.reused) {
      this.send()
      return
    }
    this.complain(outcome.error)
    this.pause ??= setTimeout(() => {
      this.pause = undefined
      this.send()
    }, this.pauseTime).unref()
    if (again && this.flushes.size > 0 && batch.tries < MOST_TRIES) this.send()
    else this.endFlushes()
  }

  private complain(error: NodeJS.ErrnoException | undefined): void {
    const { shown, reason, queue } = this
    if (error?.code === REFUSED) queue.complain(`no Jaeger collector listens on ${shown}`, OTHER_WAYS)
    else queue.complain(`spans cannot be sent to ${shown}: ${reason}`)
  }

  private endFlushes(): void {
    for (const finish of this.flushes) finish()
  }
}

/** What the collector says, or the system where that says nothing. */
function reasonFor({ status, error }: Outcome): string {
  if (status !== 0) return `it answers ${status}`
  return error?.code === REFUSED ? `nobody listens there (${REFUSED})` : (error?.code ?? reason(error))
}

/**
 * How often a batch may be sent that ends like this. Where nobody is, or where patience is asked for, it waits for as
 * long as that lasts: the queue behind it is bounded. Elsewhere it may be to blame itself.
 */
function triesAllowed({ status, reached, late }: Outcome): number {
  if (!reached || status === TOO_MANY_REQUESTS || status === UNAVAILABLE) return Number.POSITIVE_INFINITY
  const mayHelp = status === 0 ? !late : status >= 500
  return mayHelp ? MOST_TRIES : 1
}

function keepAliveAgent({ protocol }: URL): http.Agent {
  const options = { keepAlive: true, maxSockets: 1, maxFreeSockets: 1 }
  if (protocol === 'http:') return new http.Agent(options)
  // With TLS it takes milliseconds to load.
  const { Agent }: typeof import('node:https') = require('node:https')
  return new Agent(options)
}
