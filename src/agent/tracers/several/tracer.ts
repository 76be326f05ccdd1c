import { FORMAT_BINARY, type Span, type SpanContext, type SpanOptions, Tracer } from 'opentracing'
import { combine } from './contexts.js'
import type { Part } from './part.js'
import { SeveralSpan } from './span.js'

/** Headers that only make sense together. */
const families = [/^x-b3-/, /^trace(parent|state)$/, /^ot-tracer-/]

/** Several tracers as one: each makes its own spans, and reads and writes its own headers. */
export class SeveralTracer extends Tracer {
  constructor(private readonly parts: readonly Part[]) {
    super()
  }

  override startSpan(name: string, options: SpanOptions = {}): Span {
    return new SeveralSpan(
      this,
      this.parts,
      this.parts.map((part) => part.start(name, options)),
    )
  }

  /** Every tracer writes its headers; where two write the same, the first one's stand. */
  override inject(context: Span | SpanContext, format: string, carrier: unknown): void {
    if (typeof carrier !== 'object' || carrier === null) return
    if (format === FORMAT_BINARY) {
      this.parts[0]?.inject(context, format, carrier)
      return
    }
    const taken = new Set<string>()
    for (const part of this.parts) {
      const headers = {}
      part.inject(context, format, headers)
      const entries = Object.entries(headers).filter(([name]) => !taken.has(familyOf(name)))
      for (const [name, value] of entries) {
        taken.add(familyOf(name))
        Reflect.set(carrier, name, value)
      }
    }
  }

  /** What each tracer reads; `null` where none finds anything. */
  override extract(format: string, carrier: unknown): SpanContext | null {
    const contexts = this.parts.map((part) => part.extract(format, carrier))
    return contexts.every((context) => context === undefined) ? null : combine(contexts)
  }
}

function familyOf(name: string): string {
  const lower = name.toLowerCase()
  const index = families.findIndex((family) => family.test(lower))
  return index === -1 ? lower : String(index)
}
