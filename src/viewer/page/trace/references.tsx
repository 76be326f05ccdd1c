import type { Span } from '../model/span.js'
import type { Trace } from '../model/trace.js'

interface Props {
  readonly span: Span
  readonly trace: Trace
  onSelect(span: Span): void
}

const words = { CHILD_OF: 'Child of', FOLLOWS_FROM: 'Follows from' }

/** The spans that led to this one: of this trace, or of others. */
export function References({ span, trace, onSelect }: Props) {
  return (
    <ul class="references">
      {span.references.map(({ refType, traceID, spanID }) => {
        const target = traceID === span.traceId ? trace.spans.find(({ id }) => id === spanID) : undefined
        return (
          <li key={refType + traceID + spanID}>
            {words[refType] ?? refType}{' '}
            {target !== undefined && (
              <button type="button" class="link" onClick={() => onSelect(target)}>
                {target.operation || target.id}
              </button>
            )}
            {target === undefined && traceID === span.traceId && <code>{spanID}</code>}
            {traceID !== span.traceId && (
              <a href={`/trace/${encodeURIComponent(traceID)}?span=${encodeURIComponent(spanID)}`}>
                <code>{spanID}</code> of another trace
              </a>
            )}
          </li>
        )
      })}
    </ul>
  )
}
