import { SAMPLED } from '../../propagation/trace-context.js'
import type { Schedule } from '../schedule.js'
import type { SpanOutbox } from './outbox.js'
import type { Packages } from './packages.js'
import type { ReadableSpan, SpanProcessor } from './sdk.js'

const KIND = 'span.kind'

/** Puts finished, sampled spans into the outbox; a message that is full leaves at once, others on time. */
export class OutboxProcessor implements SpanProcessor {
  constructor(
    private readonly kinds: Packages['api']['SpanKind'],
    private readonly outbox: SpanOutbox,
    private readonly schedule: Schedule,
  ) {}

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & SAMPLED) === 0) return
    this.outbox.add(withKind(span, this.kinds))
    if (this.outbox.isFull) this.schedule.sendNow()
    this.schedule.arm()
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

/** What OpenTracing says with a tag is a property of its own in OpenTelemetry. */
function withKind(span: ReadableSpan, kinds: Packages['api']['SpanKind']): ReadableSpan {
  const { [KIND]: tag, ...attributes } = span.attributes
  const kind = typeof tag === 'string' ? kinds[tag.toUpperCase()] : undefined
  if (kind === undefined) return span
  return Object.create(span, { kind: { value: kind }, attributes: { value: attributes } })
}
