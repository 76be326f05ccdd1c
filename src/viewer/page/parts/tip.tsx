import type { ComponentChildren } from 'preact'

/** Where a pointer is, in pixels of the window. */
export interface Spot {
  readonly x: number
  readonly y: number
}

const MARGIN = 12

/** A few words beside the pointer, on the side where there is more room. */
export function Tip({ at: { x, y }, children }: { at: Spot; children: ComponentChildren }) {
  const across = x < innerWidth / 2 ? { left: `${x + MARGIN}px` } : { right: `${innerWidth - x + MARGIN}px` }
  const down = y < innerHeight / 2 ? { top: `${y + MARGIN}px` } : { bottom: `${innerHeight - y + MARGIN}px` }
  return (
    <div class="tip" style={{ ...across, ...down }}>
      {children}
    </div>
  )
}
