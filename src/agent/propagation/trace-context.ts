/** What headers say of the caller's span. Every format reads into this, and writes from it. */
export interface TraceContext {
  /** 1 to 32 hex digits in lower case, as wide as they came; `''` where the headers name no span. */
  readonly traceId: string
  readonly spanId: string
  /** `''` at the root of a trace, and from formats that do not tell it. */
  readonly parentId: string
  /** `SAMPLED`, `DEBUG` and Jaeger's 8 for firehose; `undefined` where the caller leaves the decision to us. */
  readonly flags: number | undefined
  readonly baggage: Readonly<Record<string, string>>
  /** What other tracing systems add to a trace, as W3C's `tracestate` lists it; `''` where nothing came. */
  readonly tracestate: string
  /** What a user asked to find a forced trace by; `''` where nobody did. */
  readonly debugId: string
}

/** What goes on to the next service. */
export type OutgoingContext = Omit<TraceContext, 'debugId'>

export const SAMPLED = 1
export const DEBUG = 2

/** How a context is written into headers, and read from them. */
export interface Format {
  /** `undefined` where the headers say nothing; whoever sent them may force a trace if `allowDebug`. Never throws. */
  read(carrier: unknown, allowDebug: boolean): TraceContext | undefined
  /** Never throws. */
  write(context: OutgoingContext, carrier: unknown): void
}
