import type { Pair } from '../model/comparison.js'
import { formatDuration } from '../model/duration.js'
import type { Span } from '../model/span.js'
import type { Trace } from '../model/trace.js'
import { Icon } from '../parts/icon.js'
import { StatusCode } from '../parts/status-code.js'
import { colourOf } from '../service-colours.js'
import { Difference } from './difference.js'

interface Props {
  readonly pair: Pair
  readonly left: Trace
  readonly right: Trace
  /** The longer one's, in microseconds: both are drawn to its scale. */
  readonly duration: number
  readonly isSelected: boolean
}

const INDENT = 14
const MOST_INDENT = 160

/** A span of both traces, or of one. */
export function PairRow({ pair, left, right, duration, isSelected }: Props) {
  const shown = pair.left ?? pair.right
  if (shown === undefined) return null
  const only = pair.left === undefined ? 'right' : pair.right === undefined ? 'left' : 'both'
  return (
    <div class={`pair only-${only}${isSelected ? ' selected' : ''}`}>
      <span class="names">
        <span class="indent" style={{ width: `${Math.min(MOST_INDENT, pair.depth * INDENT)}px` }} />
        <span class="stripe" style={{ backgroundColor: colourOf(shown.service) }} />
        {shown.service !== shown.parent?.service && <span class="service-text">{shown.service || '(no name)'}</span>}
        <span class="operation" title={`${shown.service} ${shown.operation}`}>
          {shown.operation || '(no name)'}
        </span>
      </span>
      <Lane span={pair.left} trace={left} duration={duration} side="A" />
      <Lane span={pair.right} trace={right} duration={duration} side="B" />
      <span class="change">
        {pair.left && pair.right && <Difference from={pair.left.duration} to={pair.right.duration} />}
        {only === 'left' && <span class="badge gone">only in A</span>}
        {only === 'right' && <span class="badge new">only in B</span>}
      </span>
    </div>
  )
}

function Lane({
  span,
  trace,
  duration,
  side,
}: {
  span: Span | undefined
  trace: Trace
  duration: number
  side: string
}) {
  if (span === undefined) return <span class="side-lane absent" />
  const left = ((span.start - trace.start) / duration) * 100
  return (
    <a class="side-lane" href={`/trace/${trace.id}?span=${encodeURIComponent(span.key)}`} title={`Open it in ${side}`}>
      <span class="track">
        <span
          class="bar"
          style={{
            left: `${left}%`,
            width: `${(span.duration / duration) * 100}%`,
            backgroundColor: colourOf(span.service),
          }}
        />
      </span>
      {span.hasError && <Icon name="error" />}
      <StatusCode span={span} />
      <span class="length">{formatDuration(span.duration)}</span>
    </a>
  )
}
