import { processSize, sizeOf, TRACE } from './size.js'
import type { Process, Span } from './span.js'
import { type Summary, summarise } from './summary.js'

/** The spans of a trace that have come so far, in whatever order. */
export class Trace {
  readonly spans: Span[] = []
  /** About what it takes in memory, in bytes. */
  size = 0
  /** How many spans it had no room for. */
  dropped = 0
  private readonly known = new Set<string>()
  private readonly processes = new Set<Process>()
  /** By number: a service may have a long name. */
  private readonly services = new Map<string, number>()
  private summed: Summary | undefined

  constructor(readonly id: string) {}

  /** Whether the span has come before. */
  has(span: Span): boolean {
    return this.known.has(this.keyOf(span))
  }

  /** By how much the trace would grow. */
  sizeWith(span: Span): number {
    const own = this.processes.has(span.process) ? 0 : processSize(span.process)
    return sizeOf(span) + own + (this.spans.length === 0 ? TRACE : 0)
  }

  add(span: Span, size: number): void {
    const { serviceName } = span.process
    if (!this.services.has(serviceName)) this.services.set(serviceName, this.services.size)
    this.known.add(this.keyOf(span))
    this.processes.add(span.process)
    this.spans.push(span)
    this.size += size
    this.summed = undefined
  }

  get summary(): Summary {
    this.summed ??= summarise(this.id, this.spans)
    return this.summed
  }

  /** A client and a server that follow Zipkin share an id, but no service, and hardly ever a start. */
  private keyOf({ spanID, startTime, process }: Span): string {
    return `${spanID}${startTime}/${this.services.get(process.serviceName)}`
  }
}
