import { elapsed } from '../../clock.js'
import { load, type RateLimiter } from './client.js'

/** When the balance of each was last brought up to date. */
const ticks = new WeakMap<RateLimiter, number>()

/**
 * Has jaeger-client's limits of traces a second read the steady clock: set back by an hour, that of the wall leaves so
 * many traces owing that none is kept for an hour.
 */
export function limitSteadily(): void {
  load('rate_limiter').prototype._updateBalance = function () {
    const now = elapsed()
    const credits = ((now - (ticks.get(this) ?? now)) / 1_000) * this._creditsPerSecond
    ticks.set(this, now)
    this._balance = Math.min(this._balance + credits, this._maxBalance)
  }
}
