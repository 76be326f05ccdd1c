import { kindOf } from '../store/operations.js'
import { parentOf, type Reference, type Span } from '../store/span.js'

/**
 * A server that follows Zipkin gives its span the id of the client's. Here it gets one of its own, below the client's,
 * as in Jaeger: ids of a trace are the names by which its spans refer to each other.
 */
export function separate(spans: readonly Span[]): readonly Span[] {
  const clients = new Set(spans.filter((span) => kindOf(span) === 'client').map(({ spanID }) => spanID))
  const isShared = (span: Span) => clients.has(span.spanID) && kindOf(span) === 'server'
  if (!spans.some(isShared)) return spans

  const taken = new Set(spans.map(({ spanID }) => spanID))
  const renamed = new Map<string, string>()
  let last = 0
  const separated = spans.map((span) => {
    if (!isShared(span)) return span
    do last++
    while (taken.has(idOf(last)))
    renamed.set(span.spanID, idOf(last))
    return withParent({ ...span, spanID: idOf(last) }, span.spanID)
  })
  return separated.map((span) => {
    const parent = renamed.get(parentOf(span) ?? '')
    return parent === undefined || parent === span.spanID ? span : withParent(span, parent)
  })
}

function withParent(span: Span, spanID: string): Span {
  const parent: Reference = { refType: 'CHILD_OF', traceID: span.traceID, spanID }
  const references = parentOf(span) === undefined ? span.references : span.references.slice(1)
  return { ...span, references: [parent, ...references] }
}

function idOf(number: number): string {
  return number.toString(16).padStart(16, '0')
}
