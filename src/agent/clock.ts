import { performance } from 'node:perf_hooks'

/** As they are now: a test of the app may put fake clocks in their places. */
const wallClock = Date.now
const steadyClock = performance.now.bind(performance)

const DRIFT_ALLOWED = 2

let origin = performance.timeOrigin

/** Milliseconds, with a fraction, since some moment: for durations, since no one ever sets this clock. */
export const elapsed = steadyClock

/**
 * Milliseconds since the epoch, with a fraction, for the time stamps of spans; `steady` is the same moment by `elapsed`,
 * which is now. `Date.now()` alone is too coarse to order a span and its child; the steady clock alone drifts from the
 * wall's.
 */
export function now(steady = steadyClock()): number {
  const wall = wallClock()
  const drift = wall - (origin + steady)
  if (drift > DRIFT_ALLOWED || drift < -DRIFT_ALLOWED) origin = wall - steady
  return origin + steady
}
