import { useKeys } from '../keys.js'
import { listAddress } from '../list/list-address.js'
import { endOf, type Span } from '../model/span.js'
import { clamp } from '../model/timeline.js'
import type { Trace } from '../model/trace.js'
import { go, setQuery } from '../place.js'
import type { TraceView } from './use-trace-view.js'

/** The keys of a trace. */
export function useTraceKeys(trace: Trace, view: TraceView): void {
  const { rows, closed, selected, matches, find } = view
  const current = selected === undefined ? -1 : rows.indexOf(selected)
  const move = (by: number) => view.select(rows[clamp(current + by, 0, rows.length - 1)])

  const collapse = () => {
    if (selected === undefined) return
    if (selected.children.length > 0 && !closed.has(selected.key)) view.toggle(selected)
    else view.select(selected.parent ?? selected)
  }
  const expand = () => {
    if (selected === undefined) return
    if (closed.has(selected.key)) view.toggle(selected)
    else view.select(selected.children[0] ?? selected)
  }
  const jump = (by: 1 | -1) => {
    const isWanted = (span: Span) => (find === '' ? span.hasError : matches.has(span))
    const wanted = trace.spans.filter(isWanted)
    const at = selected === undefined ? -1 : trace.spans.indexOf(selected)
    const after = (span: Span) => (trace.spans.indexOf(span) - at) * by > 0
    const next = by > 0 ? wanted.find(after) : [...wanted].reverse().find(after)
    view.select(next ?? (by > 0 ? wanted[0] : wanted.at(-1)) ?? selected)
  }
  const zoomIn = () => {
    if (selected === undefined) return
    const from = selected.start - trace.start
    view.zoomTo({ from, to: Math.max(from + 1, endOf(selected) - trace.start) })
  }
  const leave = () => {
    if (find !== '') setQuery({ find: '' })
    else if (selected !== undefined) view.select(undefined)
    else if (view.isZoomed) view.zoomTo(undefined)
    else go(listAddress.get())
  }
  useKeys('Trace', [
    { keys: ['j', 'ArrowDown'], help: 'Next span', run: () => move(1) },
    { keys: ['k', 'ArrowUp'], help: 'Previous span', run: () => move(-1) },
    { keys: ['ArrowLeft'], help: 'Collapse, or go to the parent', run: collapse },
    { keys: ['ArrowRight', 'Enter'], help: 'Expand, or go to the first child', run: expand },
    { keys: ['n'], help: 'Next error, or next span that is found', run: () => jump(1) },
    { keys: ['N'], help: 'Previous one', run: () => jump(-1) },
    { keys: ['z'], help: 'Zoom in to the span', run: zoomIn },
    { keys: ['p'], help: 'Show or hide the critical path', run: () => setQuery({ path: view.showsPath ? 'off' : '' }) },
    { keys: ['1'], help: 'Waterfall', run: () => setQuery({ view: '' }) },
    { keys: ['2'], help: 'Flame chart', run: () => setQuery({ view: 'flame' }) },
    { keys: ['3'], help: 'Operations', run: () => setQuery({ view: 'operations' }) },
    { keys: ['Escape'], help: 'Close, zoom out, go back to the list', run: leave },
  ])
}
