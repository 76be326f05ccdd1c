import type { OtelSpanContext, TraceState } from './sdk.js'

/** What a sender wants of a trace, where OpenTelemetry's contexts have no word for it. */
export interface Wish {
  /** Whether to keep the trace; `undefined` leaves the decision to us. */
  readonly flags: number | undefined
  /** What a user asked to find a forced trace by; `''` where nobody did. */
  readonly debugId: string
}

/** Beside the contexts as they came: spans that begin here have none, but for that of a debugged trace. */
const wishes = new WeakMap<OtelSpanContext, Wish>()

/** By what all spans of a trace share within a process. */
const debugged = new WeakSet<TraceState>()

export function note(spanContext: OtelSpanContext, wish: Wish): void {
  wishes.set(spanContext, wish)
}

export function wishOf(spanContext: OtelSpanContext): Wish | undefined {
  return wishes.get(spanContext)
}

/** The trace is to be kept wherever it goes. */
export function markDebugged(traceState: TraceState): void {
  debugged.add(traceState)
}

export function isDebugged(traceState: TraceState | undefined): boolean {
  return traceState !== undefined && debugged.has(traceState)
}
