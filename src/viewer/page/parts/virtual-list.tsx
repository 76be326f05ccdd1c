import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { clamp } from '../model/timeline.js'

interface Props<Row> {
  readonly rows: readonly Row[]
  readonly rowHeight: number
  readonly keyOf: (row: Row) => string
  readonly label: string
  /** The row that is to be kept in sight. */
  readonly cursor?: number | undefined
  /** Where the list was scrolled to, in pixels. */
  readonly initialTop?: number
  readonly onScroll?: (top: number) => void
  readonly children: (row: Row, index: number) => ComponentChildren
}

/** Rows beyond both borders that are there already when someone scrolls. */
const SPARE = 8

/** A list of rows of one height, of which only those in sight are on the page. */
export function VirtualList<Row>(props: Props<Row>) {
  const { rows, rowHeight, keyOf, label, cursor, initialTop = 0, onScroll, children } = props
  const list = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: initialTop, height: 0 })

  useLayoutEffect(() => {
    const element = list.current
    if (element === null) return
    element.scrollTop = initialTop
    const observer = new ResizeObserver(() => setView({ top: element.scrollTop, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    const element = list.current
    if (element === null || cursor === undefined || cursor < 0) return
    const { scrollTop, clientHeight } = element
    element.scrollTop = clamp(scrollTop, (cursor + 1) * rowHeight - clientHeight, cursor * rowHeight)
  }, [cursor, rowHeight])

  const scroll = () => {
    const element = list.current
    if (element === null) return
    setView({ top: element.scrollTop, height: element.clientHeight })
    onScroll?.(element.scrollTop)
  }
  const first = Math.max(0, Math.floor(view.top / rowHeight) - SPARE)
  const last = Math.ceil((view.top + view.height) / rowHeight) + SPARE
  return (
    <div ref={list} class="virtual" onScroll={scroll}>
      <ul aria-label={label} style={{ height: `${rows.length * rowHeight}px` }}>
        {rows.slice(first, last).map((row, index) => (
          <li key={keyOf(row)} style={{ top: `${(first + index) * rowHeight}px`, height: `${rowHeight}px` }}>
            {children(row, first + index)}
          </li>
        ))}
      </ul>
    </div>
  )
}
