import type { Counts } from '../counts.js'
import { Operations } from './operations.js'
import type { Span } from './span.js'
import { Trace } from './trace.js'

export interface Limits {
  readonly traces: number
  /** Bytes. */
  readonly size: number
}

const NO_ID = '0'.repeat(16)
/** No trace may take more than this part of the store: a loop that never ends its trace would push out all others. */
const MOST_OF_ALL = 1 / 4

/** The newest traces, in memory. The first to have come are the first to go. */
export class Store {
  readonly operations = new Operations()
  /** Of all spans, about, in bytes. */
  size = 0
  spans = 0
  private readonly byId = new Map<string, Trace>()
  /** In the order of their first spans; those before `first` are gone. */
  private queue: (Trace | undefined)[] = []
  private first = 0
  private readonly watchers = new Set<Watcher>()

  constructor(
    private readonly limits: Limits,
    private readonly counts: Counts,
  ) {}

  get traces(): number {
    return this.byId.size
  }

  add(spans: readonly Span[]): void {
    for (const span of spans) this.addSpan(span)
  }

  trace(id: string): Trace | undefined {
    return this.byId.get(id)
  }

  /** From the last to have begun to arrive to the first. */
  *newest(): Generator<Trace> {
    for (let index = this.queue.length - 1; index >= this.first; index--) {
      const trace = this.queue[index]
      if (trace !== undefined) yield trace
    }
  }

  /** Tells a watcher of every trace that changes. */
  watch(watcher: Watcher): void {
    this.watchers.add(watcher)
  }

  clear(): void {
    while (this.byId.size > 0) this.evict()
    for (const watcher of this.watchers) watcher.cleared()
  }

  private addSpan(span: Span): void {
    this.counts.received++
    const known = this.byId.get(span.traceID)
    const trace = known ?? new Trace(span.traceID)
    if (trace.has(span)) {
      this.counts.duplicates++
      return
    }
    const size = trace.sizeWith(span)
    if (span.traceID === NO_ID || span.spanID === NO_ID || trace.size + size > this.limits.size * MOST_OF_ALL) {
      trace.dropped++
      this.counts.dropped++
      return
    }
    if (known === undefined) this.begin(trace)
    trace.add(span, size)
    this.size += size
    this.spans++
    this.operations.add(span)
    this.makeRoom()
    for (const watcher of this.watchers) watcher.changed(trace)
  }

  private begin(trace: Trace): void {
    this.byId.set(trace.id, trace)
    this.queue.push(trace)
  }

  private makeRoom(): void {
    while (this.byId.size > this.limits.traces || this.size > this.limits.size) {
      this.evict()
      this.counts.evicted++
    }
  }

  private evict(): void {
    const trace = this.queue[this.first]
    if (trace === undefined) return
    this.queue[this.first++] = undefined
    this.byId.delete(trace.id)
    this.size -= trace.size
    this.spans -= trace.spans.length
    for (const span of trace.spans) this.operations.remove(span)
    if (this.first < this.queue.length / 2) return
    this.queue = this.queue.slice(this.first)
    this.first = 0
  }
}

export interface Watcher {
  changed(trace: Trace): void
  cleared(): void
}
