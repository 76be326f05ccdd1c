import type { Delivery } from './backend.js'

/** For a first user, who has no backend yet. */
export const OTHER_WAYS = '. To see traces without one: TRACE_TRACER=console, or npx tracing view'

/** How often a batch may be sent where no more is said. */
export const MOST_TRIES = 2

/** How spans leave the process. Never throws, and never keeps the process alive but in `flush`. */
export interface Transport {
  /** What has become of the spans. */
  readonly delivery: Delivery
  /** Sends what can be sent now; with nothing to send, it gets ready for it. */
  send(): void
  /** Sends everything, then calls `done` once, at the latest after `timeout` milliseconds. */
  flush(timeout: number, done: () => void): void
  /** Sends what can be sent at once, before the process is gone. */
  flushNow(): void
}

/** The finished spans that wait to be sent. Bounded: the oldest make room for the newest. */
export interface Outbox<Span> {
  /** Spans that have been handed on, and not been refused. */
  sent: number
  /** Spans that will never arrive, as far as is known. */
  readonly lost: number
  /** Spans that are still to be taken. */
  readonly waiting: number
  readonly isEmpty: boolean
  /** Whether a whole message waits. */
  readonly isFull: boolean
  /** The oldest spans, as many as fit a message. */
  take(): Batch<Span> | undefined
  /** A batch that was not sent comes back, for one more try. Answers whether it may have one. */
  giveBack(batch: Batch<Span>, mostTries?: number): boolean
  /** The last message was too long for whoever it was for. */
  shorten(): void
  lose(spans: number): void
  /** Says why spans do not arrive, and how many are lost: one line a minute, whatever goes wrong. */
  complain(trouble: string, advice?: string): void
}

/** The spans of one message. */
export interface Batch<Span> {
  readonly spans: readonly Span[]
  tries: number
}
