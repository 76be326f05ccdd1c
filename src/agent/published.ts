import { type Channel, channel } from 'node:diagnostics_channel'
import type { Span, Tracer } from 'opentracing'

/** What the running agent offers to the app's own import of `tracing`, whichever copy of the package that is. */
export interface Published {
  getSpan(req: unknown): Span | undefined
  activeSpan(): Span | undefined
  withSpan<Result>(nameOrSpan: string | Span, run: (span: Span) => Result): Result
  trace(req: unknown, attributes: readonly string[]): void
  inject(headers: object): void
  traceIds(): Partial<TraceIds>
  tracer(): Tracer
  flush(): Promise<void>
}

/** What a trace is found by, as its backend shows it. */
export interface TraceIds {
  /** Jaeger's and W3C's in lower case hex, 16 or 32 digits. */
  readonly traceId: string
  /** 16 hex digits. */
  readonly spanId: string
  /** Whether the backend gets the trace; left out by tracers that do not tell. */
  readonly sampled: boolean
}

/**
 * One object for all who ask for it by name, in a sandbox of a test runner too, that no app comes across as it would
 * across a property of its global object.
 */
const meetingPoint: Channel & { agent?: Published } = channel('tracing.agent')

/** Whether an agent runs in this thread: of two that are loaded, the first wins. */
export function isRunning(): boolean {
  return published() !== undefined
}

export function published(): Published | undefined {
  return Object.hasOwn(meetingPoint, 'agent') ? meetingPoint.agent : undefined
}

export function publish(agent: Published): void {
  Object.defineProperty(meetingPoint, 'agent', { value: agent })
}
