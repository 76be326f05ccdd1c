import { useState } from 'preact/hooks'
import { clamp } from '../model/timeline.js'

interface Drag {
  /** From 0, the left border, to 1, the right one. */
  readonly from: number
  readonly to: number
}

interface Options {
  /** The room at both sides that is not part of the range, in pixels. */
  readonly left?: number
  readonly right?: number
  onRange(from: number, to: number): void
  onClick?(event: PointerEvent): void
}

const LEAST_PIXELS = 5

/** Lets someone drag a range over an element, or click it. */
export function useDrag({ left = 0, right = 0, onRange, onClick }: Options) {
  const [drag, setDrag] = useState<Drag>()
  const placeOf = (event: PointerEvent) => {
    if (!(event.currentTarget instanceof HTMLElement)) return 0
    const box = event.currentTarget.getBoundingClientRect()
    return clamp((event.clientX - box.left - left) / (box.width - left - right), 0, 1)
  }
  return {
    drag,
    handlers: {
      onPointerDown(event: PointerEvent) {
        if (event.button !== 0 || !(event.currentTarget instanceof HTMLElement)) return
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag({ from: placeOf(event), to: placeOf(event) })
      },
      onPointerMove(event: PointerEvent) {
        if (drag !== undefined) setDrag({ ...drag, to: placeOf(event) })
      },
      onPointerCancel() {
        setDrag(undefined)
      },
      onPointerUp(event: PointerEvent) {
        if (drag === undefined || !(event.currentTarget instanceof HTMLElement)) return
        setDrag(undefined)
        const width = event.currentTarget.clientWidth - left - right
        if (Math.abs(drag.to - drag.from) * width < LEAST_PIXELS) return onClick?.(event)
        onRange(Math.min(drag.from, drag.to), Math.max(drag.from, drag.to))
      },
    },
  }
}
