import { useCallback, useMemo } from 'preact/hooks'
import { matchingSpans, openedFor, visibleRows } from '../model/rows.js'
import type { Span } from '../model/span.js'
import type { View } from '../model/timeline.js'
import type { Trace } from '../model/trace.js'
import { setQuery, usePlace } from '../place.js'

export type Mode = 'waterfall' | 'flame' | 'operations'

/** How a trace is looked at, as the page's address says it. */
export interface TraceView {
  readonly mode: Mode
  /** The spans that are not below a closed one. */
  readonly rows: readonly Span[]
  readonly closed: ReadonlySet<string>
  readonly selected: Span | undefined
  readonly zoom: View
  readonly isZoomed: boolean
  readonly find: string
  /** The spans that hold what is looked for. */
  readonly matches: ReadonlySet<Span>
  readonly showsPath: boolean
  /** Selects a span, and opens those above it. */
  select(span: Span | undefined): void
  toggle(span: Span): void
  zoomTo(view: View | undefined): void
}

export function useTraceView(trace: Trace): TraceView {
  const { query } = usePlace()
  const closedKeys = query.get('closed') ?? ''
  const find = query.get('find') ?? ''
  const [from, to, key] = [query.get('from'), query.get('to'), query.get('span')]

  const closed = useMemo(() => new Set(closedKeys.split(',').filter((part) => part !== '')), [closedKeys])
  const rows = useMemo(() => visibleRows(trace.spans, closed), [trace, closed])
  const matches = useMemo(() => matchingSpans(trace.spans, find), [trace, find])
  const selected = useMemo(() => trace.spans.find((span) => span.key === key), [trace, key])
  const zoom = useMemo(() => readZoom(from, to, trace.duration), [from, to, trace])

  const select = useCallback(
    (span: Span | undefined) => {
      const open = span === undefined ? closed : openedFor(span, closed)
      setQuery({ span: span?.key, closed: [...open].join(',') })
    },
    [closed],
  )
  const toggle = (span: Span) => {
    const next = new Set(closed)
    if (!next.delete(span.key)) next.add(span.key)
    setQuery({ closed: [...next].join(',') })
  }
  return {
    mode: readMode(query.get('view')),
    rows,
    closed,
    selected,
    zoom,
    isZoomed: zoom.from > 0 || zoom.to < trace.duration,
    find,
    matches,
    showsPath: query.get('path') !== 'off',
    select,
    toggle,
    zoomTo,
  }
}

function zoomTo(view: View | undefined): void {
  setQuery({ from: view && String(Math.floor(view.from)), to: view && String(Math.ceil(view.to)) })
}

function readMode(name: string | null): Mode {
  return name === 'flame' || name === 'operations' ? name : 'waterfall'
}

function readZoom(from: string | null, to: string | null, duration: number): View {
  const zoom = { from: Number(from ?? 0), to: Math.min(Number(to ?? duration), duration) }
  return zoom.from >= 0 && zoom.to > zoom.from ? zoom : { from: 0, to: Math.max(1, duration) }
}
