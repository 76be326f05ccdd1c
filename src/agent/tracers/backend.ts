import type { Tracer } from 'opentracing'

/** An OpenTracing tracer, and the ways in which its last spans leave the process. */
export interface Backend {
  /** `undefined` as long as there is none, so that nothing is traced. */
  readonly tracer: Tracer | undefined
  /** Whether others wrote the tracer, so that less can be taken for granted. */
  readonly foreign?: boolean
  /**
   * Hands on what is finished, then calls `done` once, at the latest after `timeout` milliseconds.
   * Keeps the process alive until then, and no longer. Never throws.
   */
  flush(timeout: number, done: () => void): void
  /** Sends what can be sent without waiting, for the process' `exit` event. Never throws. */
  flushNow(): void
}
