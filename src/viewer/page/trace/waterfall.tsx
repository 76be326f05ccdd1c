import { useRef } from 'preact/hooks'
import type { Section } from '../model/critical-path.js'
import type { Span } from '../model/span.js'
import type { Trace } from '../model/trace.js'
import { useIsNarrow } from '../parts/narrow.js'
import { VirtualList } from '../parts/virtual-list.js'
import { Ruler, tickLines } from './ruler.js'
import { SpanRow } from './span-row.js'
import { Splitter, useNamesWidth } from './splitter.js'
import type { TraceView } from './use-trace-view.js'

interface Props {
  readonly trace: Trace
  readonly view: TraceView
  readonly path: ReadonlyMap<Span, readonly Section[]>
}

const ROW_HEIGHT = 28
const NARROW_ROW_HEIGHT = 48
const MOST_INDENT = 160

/** The spans of a trace below each other, each where it was in time. */
export function Waterfall({ trace, view, path }: Props) {
  const { rows, closed, selected, zoom } = view
  const box = useRef<HTMLDivElement>(null)
  const names = useNamesWidth()
  const indent = Math.min(14, MOST_INDENT / trace.levels)
  return (
    <div ref={box} class="waterfall" style={{ '--names': `${names}%`, '--ticks': tickLines(zoom) }}>
      <Ruler trace={trace} view={view} />
      <Splitter box={box} />
      <VirtualList
        rows={rows}
        rowHeight={useIsNarrow() ? NARROW_ROW_HEIGHT : ROW_HEIGHT}
        keyOf={({ key }) => key}
        label="Spans"
        cursor={selected === undefined ? undefined : rows.indexOf(selected)}
      >
        {(span) => (
          <SpanRow
            span={span}
            trace={trace}
            zoom={zoom}
            indent={indent}
            sections={path.get(span)}
            isClosed={closed.has(span.key)}
            isSelected={span === selected}
            isFaded={view.find !== '' && !view.matches.has(span)}
            onSelect={view.select}
            onToggle={view.toggle}
          />
        )}
      </VirtualList>
    </div>
  )
}
