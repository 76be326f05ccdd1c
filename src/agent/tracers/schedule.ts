import timers from 'node:timers'
import { outside } from './outside.js'
import type { Outbox, Transport } from './transport.js'

/** As it is now: a test of the app may put a fake clock in its place. */
const { setTimeout } = timers

/** Sends what waits after a pause, on a timer that keeps nothing alive. */
export class Schedule {
  private timer: NodeJS.Timeout | undefined
  private armed = false

  constructor(
    private readonly outbox: Pick<Outbox<unknown>, 'isEmpty'>,
    private readonly transport: Transport,
    /** Milliseconds. */
    private readonly interval: number,
  ) {}

  /** Something waits. One timer for good: `refresh` keeps both its context and that it does not keep the process alive. */
  arm(): void {
    if (this.armed || this.outbox.isEmpty) return
    this.armed = true
    if (this.timer !== undefined) this.timer.refresh()
    else outside(() => this.start())
  }

  sendNow(): void {
    outside(() => this.transport.send())
  }

  flush(timeout: number, done: () => void): void {
    outside(() => this.transport.flush(timeout, done))
  }

  private start(): void {
    this.timer = setTimeout(() => {
      this.armed = false
      this.transport.send()
      this.arm()
    }, this.interval)
    this.timer.unref()
  }
}
