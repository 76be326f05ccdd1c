import { useMemo, useState } from 'preact/hooks'
import { useKeys } from '../keys.js'
import { listAddress } from '../list/list-address.js'
import type { Pair } from '../model/comparison.js'
import { clamp } from '../model/timeline.js'
import type { Trace } from '../model/trace.js'
import { useIsNarrow } from '../parts/narrow.js'
import { VirtualList } from '../parts/virtual-list.js'
import { go, setQuery, usePlace } from '../place.js'
import { PairRow } from './pair-row.js'

interface Props {
  readonly pairs: readonly Pair[]
  readonly left: Trace
  readonly right: Trace
}

/** The spans of both traces, on one scale of time. */
export function CompareRows({ pairs, left, right }: Props) {
  const { query } = usePlace()
  const isFiltered = query.get('only') === 'differences'
  const rows = useMemo(() => (isFiltered ? pairs.filter(({ differs }) => differs) : pairs), [pairs, isFiltered])
  const [cursor, setCursor] = useState(-1)
  const isNarrow = useIsNarrow()
  const duration = Math.max(left.duration, right.duration, 1)
  const toggle = () => setQuery({ only: isFiltered ? '' : 'differences' })
  const move = (by: number) => setCursor(clamp(cursor + by, 0, rows.length - 1))
  useKeys('Comparison', [
    { keys: ['j', 'ArrowDown'], help: 'Next span', run: () => move(1) },
    { keys: ['k', 'ArrowUp'], help: 'Previous span', run: () => move(-1) },
    { keys: ['d'], help: 'Only what differs in structure, or all', run: toggle },
    { keys: ['s'], help: 'Swap the two', run: () => go(`/compare/${right.id}/${left.id}`) },
    { keys: ['Escape'], help: 'Back to the list', run: () => go(listAddress.get()) },
  ])
  return (
    <div class="pairs">
      <div class="pair head">
        <span>
          <label class="check">
            <input type="checkbox" checked={isFiltered} onChange={toggle} />
            Only what differs in structure
          </label>
        </span>
        <span>A</span>
        <span>B</span>
        <span>Difference</span>
      </div>
      {rows.length === 0 && <p class="nothing">Both have the same spans.</p>}
      <VirtualList rows={rows} rowHeight={isNarrow ? 64 : 32} keyOf={({ key }) => key} label="Spans" cursor={cursor}>
        {(pair, index) => (
          <PairRow pair={pair} left={left} right={right} duration={duration} isSelected={index === cursor} />
        )}
      </VirtualList>
    </div>
  )
}
