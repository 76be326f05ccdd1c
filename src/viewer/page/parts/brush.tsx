/** The range that someone is dragging, both ends from 0 to 1 of its parent's width. */
export function Brush({ drag }: { drag: { readonly from: number; readonly to: number } | undefined }) {
  if (drag === undefined || drag.from === drag.to) return null
  const left = Math.min(drag.from, drag.to)
  return <div class="brush" style={{ left: `${left * 100}%`, width: `${Math.abs(drag.to - drag.from) * 100}%` }} />
}
