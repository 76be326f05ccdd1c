import { performance } from 'node:perf_hooks'

const DRIFT_ALLOWED = 2

let origin = performance.timeOrigin

/**
 * Milliseconds since the epoch, with a fraction, for the time stamps of spans.
 * `Date.now()` alone is too coarse to order a span and its child; the monotonic clock alone drifts from the wall's.
 */
export function now(): number {
  const elapsed = performance.now()
  const wall = Date.now()
  const drift = wall - (origin + elapsed)
  if (drift > DRIFT_ALLOWED || drift < -DRIFT_ALLOWED) origin = wall - elapsed
  return origin + elapsed
}
