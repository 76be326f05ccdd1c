import { complain } from '../../log.js'
import { type Batch, MOST_TRIES, type Outbox } from '../transport.js'
import type { ReadableSpan } from './sdk.js'

/** In characters of their attributes, about. */
const MOST_TEXT = 4 * 1_024 * 1_024

/** The finished spans that wait for a message. */
export class SpanOutbox implements Outbox<ReadableSpan> {
  sent = 0
  lost = 0
  private readonly spans: { span: ReadableSpan; size: number }[] = []
  private size = 0
  private again: Batch<ReadableSpan> | undefined

  constructor(
    private readonly mostSpans: number,
    private mostSpansOfMessage: number,
  ) {}

  get waiting(): number {
    return this.spans.length + (this.again?.spans.length ?? 0)
  }

  get isEmpty(): boolean {
    return this.waiting === 0
  }

  get isFull(): boolean {
    return this.spans.length >= this.mostSpansOfMessage
  }

  add(span: ReadableSpan): void {
    const size = sizeOf(span)
    while (this.spans.length > 0 && (this.spans.length >= this.mostSpans || this.size + size > MOST_TEXT)) {
      this.shift()
      this.lose(1)
      this.complain('more spans wait than there is room for')
    }
    this.spans.push({ span, size })
    this.size += size
  }

  take(): Batch<ReadableSpan> | undefined {
    if (this.isEmpty) return undefined
    const batch = this.again ?? { spans: this.oldest(), tries: 0 }
    this.again = undefined
    batch.tries++
    return batch
  }

  giveBack(batch: Batch<ReadableSpan>, mostTries = MOST_TRIES): boolean {
    if (batch.tries >= mostTries) {
      this.lose(batch.spans.length)
      return false
    }
    this.again = batch
    return true
  }

  /** The next messages have at most half as many spans. */
  shorten(): void {
    this.mostSpansOfMessage = Math.max(1, Math.floor(this.mostSpansOfMessage / 2))
  }

  lose(spans: number): void {
    this.lost += spans
  }

  complain(trouble: string, advice = ''): void {
    complain('otlp', `${trouble}; spans lost so far: ${this.lost}${advice}`)
  }

  private oldest(): ReadableSpan[] {
    const taken = this.spans.splice(0, this.mostSpansOfMessage)
    for (const { size } of taken) this.size -= size
    return taken.map(({ span }) => span)
  }

  private shift(): void {
    this.size -= this.spans.shift()?.size ?? 0
  }
}

function sizeOf({ name, attributes, events }: ReadableSpan): number {
  return [attributes, ...events.map((event) => event.attributes ?? {})]
    .flatMap((attributes) => Object.entries(attributes))
    .reduce((size, [key, value]) => size + key.length + (typeof value === 'string' ? value.length : 8), name.length)
}
