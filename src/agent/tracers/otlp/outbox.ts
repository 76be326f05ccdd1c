import { complain } from '../../log.js'
import type { Batch, Outbox } from '../transport.js'
import type { ReadableSpan } from './sdk.js'

/** In characters of their attributes, about. */
const MOST_TEXT = 4 * 1_024 * 1_024
const MOST_TRIES = 2

/** The finished spans that wait for a message. */
export class SpanOutbox implements Outbox<ReadableSpan> {
  lost = 0
  private readonly waiting: { span: ReadableSpan; size: number }[] = []
  private size = 0
  private again: Batch<ReadableSpan> | undefined

  constructor(
    private readonly mostSpans: number,
    private readonly mostSpansOfMessage: number,
  ) {}

  get isEmpty(): boolean {
    return this.waiting.length === 0 && this.again === undefined
  }

  get isFull(): boolean {
    return this.waiting.length >= this.mostSpansOfMessage
  }

  add(span: ReadableSpan): void {
    const size = sizeOf(span)
    while (this.waiting.length > 0 && (this.waiting.length >= this.mostSpans || this.size + size > MOST_TEXT)) {
      this.shift()
      this.lose(1)
      complain('otlp queue', `the queue is full, and its oldest spans make room; spans lost so far: ${this.lost}`)
    }
    this.waiting.push({ span, size })
    this.size += size
  }

  take(): Batch<ReadableSpan> | undefined {
    if (this.isEmpty) return undefined
    const batch = this.again ?? { spans: this.oldest(), tries: 0 }
    this.again = undefined
    batch.tries++
    return batch
  }

  giveBack(batch: Batch<ReadableSpan>): boolean {
    if (batch.tries === MOST_TRIES) {
      this.lose(batch.spans.length)
      return false
    }
    this.again = batch
    return true
  }

  lose(spans: number): void {
    this.lost += spans
  }

  private oldest(): ReadableSpan[] {
    const taken = this.waiting.splice(0, this.mostSpansOfMessage)
    for (const { size } of taken) this.size -= size
    return taken.map(({ span }) => span)
  }

  private shift(): void {
    this.size -= this.waiting.shift()?.size ?? 0
  }
}

function sizeOf({ name, attributes, events }: ReadableSpan): number {
  return [attributes, ...events.map((event) => event.attributes ?? {})]
    .flatMap((attributes) => Object.entries(attributes))
    .reduce((size, [key, value]) => size + key.length + (typeof value === 'string' ? value.length : 8), name.length)
}
