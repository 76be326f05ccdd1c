import { elapsed } from '../../clock.js'
import type { JaegerTracer } from './client.js'

/**
 * Times the spans that the app starts and finishes without a word of the time by the steady clock: while they last,
 * the clock of the wall may be set, and they would seem to take hours, or less than nothing.
 */
export function timeSteadily(tracer: JaegerTracer): void {
  const { startSpan } = tracer
  tracer.startSpan = (name, options) => {
    if (options?.startTime) return Reflect.apply(startSpan, tracer, [name, options])
    const began = elapsed()
    const span = Reflect.apply(startSpan, tracer, [name, options])
    const { _startTime: startTime, finish } = span
    span.finish = (time) => Reflect.apply(finish, span, [time || startTime + (elapsed() - began)])
    return span
  }
}
