import timers from 'node:timers'

/** As they are now: a test of the app may put fake clocks in their places. */
const { setTimeout, clearTimeout, setImmediate, clearImmediate } = timers

const STEPS = 10

/**
 * Calls `over` after so many milliseconds in which the event loop turned: while the app blocks it no answer is read,
 * and timers come before what has arrived meanwhile. Answers a function that stops it. Keeps no process alive.
 */
export function countDown(milliseconds: number, over: () => void): () => void {
  let steps = STEPS
  let last: NodeJS.Immediate | undefined
  const timer = setTimeout(() => {
    steps--
    if (steps > 0) timer.refresh()
    else last = setImmediate(over)
  }, milliseconds / STEPS)
  timer.unref()
  return () => {
    clearTimeout(timer)
    if (last !== undefined) clearImmediate(last)
  }
}
