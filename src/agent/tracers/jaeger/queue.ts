import { complain } from '../../log.js'
import { type Batch, MOST_TRIES, type Outbox } from '../transport.js'
import { MESSAGE_OVERHEAD } from './message.js'

const MOST_SPANS = 2_048
const MOST_BYTES = 4 * 1_024 * 1_024
/** In bytes: shorter than what any system or proxy refuses. */
const SHORT_MESSAGE = 8_000
/** The share of a message that the process may take, so that spans fit beside it. */
const PROCESS_SHARE = 1 / 4

/** The encoded spans that wait to be sent. Bounded: the oldest make room for the newest. */
export class SpanQueue implements Outbox<Buffer> {
  /** What stands at the head of each message. */
  process: Buffer = Buffer.alloc(0)
  sent = 0
  lost = 0

  /** A ring. */
  private readonly spans = new Array<Buffer | undefined>(MOST_SPANS)
  private first = 0
  private count = 0
  private bytes = 0
  private again: Batch<Buffer> | undefined

  constructor(private longestMessage: number) {}

  get longestProcess(): number {
    return Math.floor(this.longestMessage * PROCESS_SHARE)
  }

  get longestSpan(): number {
    return this.longestMessage - MESSAGE_OVERHEAD - this.process.length
  }

  get isEmpty(): boolean {
    return this.waiting === 0
  }

  get waiting(): number {
    return this.count + (this.again?.spans.length ?? 0)
  }

  get isFull(): boolean {
    return !this.hasRoomFor(1)
  }

  /** Whether so many more bytes would fit the message that is next. */
  hasRoomFor(bytes: number): boolean {
    return this.bytes + bytes <= this.longestSpan
  }

  add(span: Buffer): void {
    while (this.count === MOST_SPANS || this.bytes + span.length > MOST_BYTES) {
      this.shift()
      this.lose(1)
      this.complain('more spans wait than there is room for')
    }
    this.spans[(this.first + this.count) % MOST_SPANS] = span
    this.count++
    this.bytes += span.length
  }

  take(): Batch<Buffer> | undefined {
    if (this.isEmpty) return undefined
    const batch = this.again ?? { spans: this.oldest(), tries: 0 }
    this.again = undefined
    batch.tries++
    return batch
  }

  giveBack(batch: Batch<Buffer>, mostTries = MOST_TRIES): boolean {
    if (batch.tries >= mostTries) {
      this.lose(batch.spans.length)
      return false
    }
    this.again = batch
    return true
  }

  /** The next messages are at most half as long. */
  shorten(): void {
    this.longestMessage = Math.max(this.longestMessage / 2, SHORT_MESSAGE, 2 * this.process.length)
  }

  lose(spans: number): void {
    this.lost += spans
  }

  complain(trouble: string, advice = ''): void {
    complain('jaeger', `${trouble}; spans lost so far: ${this.lost}${advice}`)
  }

  /** At least one, which may be from when messages could be longer. */
  private oldest(): Buffer[] {
    const spans: Buffer[] = []
    let room = this.longestSpan
    for (let next = this.spans[this.first]; next !== undefined; next = this.spans[this.first]) {
      room -= next.length
      if (room < 0 && spans.length > 0) break
      spans.push(next)
      this.shift()
    }
    return spans
  }

  private shift(): void {
    this.bytes -= this.spans[this.first]?.length ?? 0
    this.spans[this.first] = undefined
    this.first = (this.first + 1) % MOST_SPANS
    this.count--
  }
}
