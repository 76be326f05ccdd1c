import { quote, reason, say } from '../../log.js'
import { Schedule } from '../schedule.js'
import type { Transport } from '../transport.js'
import type { JaegerSpan, Reporter, Tag } from './client.js'
import type { SpanQueue } from './queue.js'
import { encodeProcess, encodeSpan } from './span.js'

/** Milliseconds. */
const CLOSE_TIMEOUT = 1_000

/** Encodes each finished span, once and alone, and sends full messages at once, others after the flush interval. */
export class QueueReporter implements Reporter {
  private readonly schedule: Schedule

  constructor(
    private readonly queue: SpanQueue,
    private readonly transport: Transport,
    private readonly options: { flushInterval: number; logSpans: boolean },
  ) {
    this.schedule = new Schedule(queue, transport, options.flushInterval)
  }

  setProcess(serviceName: string, tags: readonly Tag[]): void {
    this.queue.process = encodeProcess(serviceName, tags, this.queue.longestProcess)
    this.schedule.sendNow()
  }

  /** Never throws. */
  report(span: JaegerSpan): void {
    try {
      if (this.options.logSpans) say(`span ${quote(span.operationName)} ${span.context()} ${span._duration} ms`)
      const bytes = encodeSpan(span, this.queue.longestSpan)
      if (!this.queue.hasRoomFor(bytes.length)) this.schedule.sendNow()
      this.queue.add(bytes)
      this.schedule.arm()
    } catch (error) {
      this.queue.lose(1)
      this.queue.complain(`a span cannot be sent: ${reason(error)}`)
    }
  }

  flush(timeout: number, done: () => void): void {
    this.schedule.flush(timeout, done)
  }

  flushNow(): void {
    this.transport.flushNow()
  }

  close(done?: () => void): void {
    this.flush(CLOSE_TIMEOUT, () => done?.())
  }
}
