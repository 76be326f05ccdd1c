import { elapsed } from './clock.js'
import type { Config } from './config.js'
import { runningServerSpan } from './context.js'
import { recordCrash } from './crash.js'
import type { Backend } from './tracers/backend.js'
import { endAll } from './unread.js'

/**
 * Sends the last spans of a process. Of the events of its end, only those are listened to whose listeners change
 * nothing; signals only where the user asks for it, because their mere presence keeps a process from ending.
 */
export function watchEnd(backend: Backend, { flushTimeout, flushSignals }: Config): void {
  let timeLeft = flushTimeout
  let isOver = false
  process.on('beforeExit', () => {
    // What was flushed has given the loop another turn, and this comes again.
    if (isOver || timeLeft === 0) return
    isOver = backend.restless === true
    const began = elapsed()
    backend.flush(timeLeft, () => {
      timeLeft = Math.max(timeLeft - (elapsed() - began), 0)
    })
  })
  process.on('exit', () => {
    // In the middle of a request, `process.exit()` ends that too: its span ends here or not at all.
    const serverSpan = runningServerSpan()
    serverSpan?.finish(!serverSpan.sent)
    endAll()
    backend.flushNow()
  })
  process.on('uncaughtExceptionMonitor', recordCrash)

  for (const signal of flushSignals) {
    const flush = () => {
      // Whoever else listens decides what becomes of the process.
      const isAlone = process.listenerCount(signal) === 1
      if (isAlone) process.removeListener(signal, flush)
      backend.flush(flushTimeout, () => {
        if (isAlone) process.kill(process.pid, signal)
      })
    }
    // First, while those who listen only once are still there to be counted.
    process.prependListener(signal, flush)
  }
}
