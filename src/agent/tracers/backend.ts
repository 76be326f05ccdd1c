import type { Tracer } from 'opentracing'

/** An OpenTracing tracer, and the ways in which its last spans leave the process. */
export interface Backend {
  /** `undefined` as long as there is none, so that nothing is traced. */
  readonly tracer: Tracer | undefined
  /** Whether others wrote the tracer, so that less can be taken for granted. */
  readonly foreign?: boolean
  /** Whether each flush may set something going: with one at every end of the event loop, the process would never end. */
  readonly restless?: boolean
  /**
   * Hands on what is finished, then calls `done` once, at the latest after `timeout` milliseconds.
   * Keeps the process alive until then, and no longer. Never throws.
   */
  flush(timeout: number, done: () => void): void
  /** Sends what can be sent without waiting, for the process' `exit` event. Never throws. */
  flushNow(): void
  /** What becomes of the spans, for each place that they go to. Left out where nothing is known of it. Never throws. */
  deliveries?(): readonly Delivery[]
}

/** What has become of the spans that were handed on last. */
export interface Delivery {
  /** Where they go, as it may be shown: without credentials. */
  readonly to: string
  /** `sent`: on their way, and there will be no answer. `undefined`: none was handed on, or the answer is awaited. */
  readonly outcome: 'accepted' | 'sent' | 'lost' | undefined
  /** What the other side, or the system, says to it; `''` for nothing. */
  readonly reason: string
  /** How many spans have been handed on since the start, and not been refused. */
  readonly sent: number
  /** How many spans have been lost since the start, as far as is known. */
  readonly lost: number
  /** How many spans are neither yet. */
  readonly waiting: number
}
