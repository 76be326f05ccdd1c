import { useEffect, useRef } from 'preact/hooks'
import type { Section } from '../model/critical-path.js'
import { counted } from '../model/number.js'
import type { Span } from '../model/span.js'
import { targetOf } from '../model/target.js'
import type { View } from '../model/timeline.js'
import type { Trace } from '../model/trace.js'
import { Icon } from '../parts/icon.js'
import { StatusCode } from '../parts/status-code.js'
import { colourOf } from '../service-colours.js'
import { SpanBar } from './span-bar.js'

interface Props {
  readonly span: Span
  readonly trace: Trace
  readonly zoom: View
  /** Pixels for each level. */
  readonly indent: number
  readonly sections: readonly Section[] | undefined
  readonly isClosed: boolean
  readonly isSelected: boolean
  readonly isFaded: boolean
  onSelect(span: Span): void
  onToggle(span: Span): void
}

/** A span in the waterfall. */
export function SpanRow(props: Props) {
  const { span, trace, zoom, indent, sections, isClosed, isSelected, isFaded, onSelect, onToggle } = props
  const { service, operation, parent, children, depth } = span
  const target = targetOf(span)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isSelected) button.current?.focus({ preventScroll: true })
  }, [isSelected])
  return (
    <div class={`span-row${isSelected ? ' selected' : ''}${isFaded ? ' faded' : ''}`}>
      <div class="names">
        <span class="indent" style={{ width: `${depth * indent}px`, '--indent': `${indent}px` }} />
        {children.length > 0 ? <Caret span={span} isClosed={isClosed} onToggle={onToggle} /> : <span class="caret" />}
        <span class="stripe" style={{ backgroundColor: colourOf(service) }} />
        <button
          ref={button}
          type="button"
          class="name"
          data-row
          aria-pressed={isSelected}
          title={`${service} ${operation}`}
          onClick={() => onSelect(span)}
        >
          {service !== parent?.service && <span class="service-text">{service || '(no name)'}</span>}
          <span class="operation">{operation || '(no name)'}</span>
          {target !== '' && <span class="target">{target}</span>}
          {isClosed && <span class="hidden-count">+{span.descendants}</span>}
        </button>
        {span.hasError && <Icon name="error" />}
        <StatusCode span={span} />
      </div>
      <div class="lane">
        <SpanBar span={span} trace={trace} zoom={zoom} sections={sections} />
      </div>
    </div>
  )
}

function Caret({ span, isClosed, onToggle }: Pick<Props, 'span' | 'isClosed' | 'onToggle'>) {
  const what = `${isClosed ? 'Expand' : 'Collapse'} ${counted(span.descendants, 'span')}`
  return (
    <button type="button" class="caret" aria-expanded={!isClosed} aria-label={what} onClick={() => onToggle(span)}>
      <Icon name={isClosed ? 'closed' : 'open'} />
    </button>
  )
}
