import http from 'node:http'
import timers from 'node:timers'
import { urlToHttpOptions } from 'node:url'
import { debug, reason } from '../../log.js'
import type { Delivery } from '../backend.js'
import { exchange, type Outcome } from './exchange.js'
import { collectorMessage } from './message.js'
import type { Batch, SpanQueue } from './queue.js'
import { OTHER_WAYS, type Transport } from './reporter.js'

const { setTimeout, clearTimeout } = timers

/** How long a collector that cannot be reached is left alone, in milliseconds. */
const PAUSE = 1_000
const REFUSED = 'ECONNREFUSED'

/** Posts spans to a Jaeger collector, one request at a time. */
export class HttpTransport implements Transport {
  private readonly request: http.RequestOptions
  /** Where the spans go, as it may be shown: without credentials and query. */
  private readonly shown: string
  private readonly flushes = new Set<() => void>()
  /** Ends the request that is under way. */
  private giveUp: (() => void) | undefined
  private pause: NodeJS.Timeout | undefined
  private outcome: Delivery['outcome']
  private reason = ''

  constructor(
    private readonly queue: SpanQueue,
    { url, auth }: { url: URL; auth: string | undefined },
    private readonly timeout: number,
  ) {
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

  /** Once more where the spans did not arrive, or the collector asks for it; what it refuses, or lets wait, is lost. */
  private failed(batch: Batch, { status, error, late, reused }: Outcome): void {
    const mayHelp = status === 0 ? !late : status === 429 || status >= 500
    const again = mayHelp && this.queue.giveBack(batch)
    if (!mayHelp) this.queue.lose(batch.spans.length)
    if (again && reused) {
      this.send()
      return
    }
    this.complain(error)
    this.pause ??= setTimeout(() => {
      this.pause = undefined
      this.send()
    }, PAUSE).unref()
    if (again && this.flushes.size > 0) this.send()
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

function keepAliveAgent({ protocol }: URL): http.Agent {
  const options = { keepAlive: true, maxSockets: 1, maxFreeSockets: 1 }
  if (protocol === 'http:') return new http.Agent(options)
  // With TLS it takes milliseconds to load.
  const { Agent }: typeof import('node:https') = require('node:https')
  return new Agent(options)
}
