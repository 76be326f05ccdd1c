import { skewOf } from '../store/skew.js'
import { parentOf, type Span } from '../store/span.js'
import { formatDuration } from './duration.js'

/** What there is to say about the spans of a trace, in Jaeger's own sentences where it has them. */
export interface Remarks {
  readonly ofTrace: readonly string[]
  of(span: Span): readonly string[]
}

export function remark(spans: readonly Span[]): Remarks {
  const parents = new Map<string, Span>()
  const remarks = new Map<Span, string>()
  for (const span of spans) {
    if (parents.has(span.spanID)) remarks.set(span, 'duplicate span IDs; skipping clock skew adjustment')
    else parents.set(span.spanID, span)
  }
  const clocks = new Map<string, string>()
  for (const span of parents.values()) {
    const id = parentOf(span)
    if (id === undefined) continue
    const parent = parents.get(id)
    if (parent === undefined) {
      remarks.set(span, `invalid parent span IDs=${id}; skipping clock skew adjustment`)
      continue
    }
    const skew = skewOf(span, parent)
    if (skew === 0) continue
    remarks.set(span, `clock skew adjustment disabled; not applying calculated delta of ${formatDuration(skew)}`)
    const [one, other] = [parent.process.serviceName, span.process.serviceName]
    const difference = formatDuration(Math.abs(skew))
    clocks.set(
      `${one} ${other}`,
      `the clocks of ${one} and ${other} seem to differ by ${difference}; all times are shown as they were sent`,
    )
  }
  return {
    ofTrace: [...clocks.values()],
    of(span) {
      const text = remarks.get(span)
      return text === undefined ? [] : [text]
    },
  }
}
