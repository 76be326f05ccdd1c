import { useEffect, useRef, useState } from 'preact/hooks'
import { useKeys } from '../keys.js'
import type { Summary } from '../model/jaeger.js'
import { counted } from '../model/number.js'
import type { Order } from '../model/summaries.js'
import { clamp } from '../model/timeline.js'
import { useIsNarrow } from '../parts/narrow.js'
import { VirtualList } from '../parts/virtual-list.js'
import { go, setQuery, usePlace } from '../place.js'
import { readPicks, togglePick } from './picks.js'
import { TraceRow } from './trace-row.js'

interface Props {
  readonly summaries: readonly Summary[]
  readonly order: Order
  readonly waiting: number
  hold(isHeld: boolean): void
  release(): void
}

const columns: readonly { order?: Order; title: string; class: string }[] = [
  { order: 'newest', title: 'Time', class: 'time' },
  { title: 'Request', class: 'request' },
  { title: 'Services', class: 'services' },
  { order: 'errors', title: 'Errors', class: 'errors' },
  { order: 'spans', title: 'Spans', class: 'spans' },
  { order: 'longest', title: 'Duration', class: 'duration' },
]

/** Where the list was scrolled to and which trace was chosen, for when someone comes back from a trace. */
const before = { top: 0, id: '' }

/** The traces, one a row. */
export function TraceTable({ summaries, order, waiting, hold, release }: Props) {
  const { query } = usePlace()
  const picks = readPicks(query)
  const isNarrow = useIsNarrow()
  const table = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState(before.id)
  const cursor = summaries.findIndex(({ traceID }) => traceID === chosen)
  const longest = summaries.reduce((most, { duration }) => Math.max(most, duration), 1)

  const choose = (index: number) => {
    const { traceID = '' } = summaries[clamp(index, 0, summaries.length - 1)] ?? {}
    before.id = traceID
    setChosen(traceID)
    hold(true)
  }
  const onChosen = (act: (id: string) => void) => () => {
    if (cursor >= 0) act(chosen)
  }
  useKeys('Traces', [
    { keys: ['j', 'ArrowDown'], help: 'Next trace', run: () => choose(cursor + 1) },
    { keys: ['k', 'ArrowUp'], help: 'Previous trace', run: () => choose(cursor - 1) },
    { keys: ['Enter'], help: 'Open it', run: onChosen((id) => go(`/trace/${id}`)) },
    { keys: ['x'], help: 'Pick it for a comparison', run: onChosen((id) => togglePick(query, id)) },
  ])
  useEffect(() => {
    hold(before.top > 0)
  }, [hold])

  return (
    <div ref={table} class="traces" onPointerEnter={() => hold(true)} onPointerLeave={() => hold(before.top > 0)}>
      <div class="trace-head">
        <span />
        <div class="cells">
          {columns.map(({ title, order: own, class: name }) => (
            <Heading key={title} title={title} class={name} order={own} isChosen={own === order} />
          ))}
        </div>
      </div>
      {waiting > 0 && (
        <button type="button" class="waiting" onClick={release}>
          Show {counted(waiting, 'new trace')}
        </button>
      )}
      {summaries.length === 0 && <p class="nothing">No trace matches.</p>}
      <VirtualList
        rows={summaries}
        rowHeight={isNarrow ? 60 : 36}
        keyOf={({ traceID }) => traceID}
        label="Traces"
        cursor={cursor}
        initialTop={before.top}
        onScroll={(top) => {
          before.top = top
          hold(top > 0 || table.current?.matches(':hover') === true)
        }}
      >
        {(summary) => (
          <TraceRow
            summary={summary}
            longest={longest}
            isChosen={summary.traceID === chosen}
            isPicked={picks.includes(summary.traceID)}
            onPick={() => togglePick(query, summary.traceID)}
          />
        )}
      </VirtualList>
    </div>
  )
}

function Heading({
  title,
  order,
  isChosen,
  ...rest
}: {
  title: string
  class: string
  order: Order | undefined
  isChosen: boolean
}) {
  if (order === undefined) return <span {...rest}>{title}</span>
  return (
    <span {...rest}>
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={() => setQuery({ order: order === 'newest' ? '' : order })}
      >
        {title}
        {isChosen && <span aria-hidden="true"> ↓</span>}
      </button>
    </span>
  )
}
