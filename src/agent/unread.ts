import timers from 'node:timers'
import { elapsed } from './clock.js'
import { untraced } from './context.js'

const { setTimeout } = timers

/** How long a call may go on without a sign of life while nobody reads its answer, in milliseconds. */
const PATIENCE = 1_000

/** A call whose answer has begun. */
export interface Answered {
  /** When something was last seen of it, on the monotonic clock. */
  readonly lastSign: number
  /** Whether somebody reads the body, so that its end will be seen. */
  isRead(): boolean
  /** Ends the call, at a time on the monotonic clock. */
  finish(at: number): void
}

/** Node tells nothing more of an answer whose body nobody reads: such calls end here, as of their last sign of life. */
const answered = new Set<Answered>()
let isWatched = false

export function awaitBody(call: Answered): void {
  answered.add(call)
  if (isWatched) return
  isWatched = true
  untraced(() => setTimeout(sweep, PATIENCE)).unref()
}

export function bodyIsDone(call: Answered): void {
  answered.delete(call)
}

/** The process ends: no body that is still waited for will come. */
export function endAll(): void {
  for (const call of answered) call.finish(call.lastSign)
}

function sweep(): void {
  const now = elapsed()
  for (const call of answered) {
    if (now - call.lastSign < PATIENCE) continue
    if (call.isRead()) answered.delete(call)
    else call.finish(call.lastSign)
  }
  isWatched = answered.size > 0
  if (isWatched) setTimeout(sweep, PATIENCE).unref()
}
