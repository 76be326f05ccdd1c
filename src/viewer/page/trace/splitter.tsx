import type { RefObject } from 'preact'
import { recall, remember } from '../memory.js'
import { clamp } from '../model/timeline.js'
import { createStore, useStore } from '../store.js'

const LEAST = 15
const MOST = 70
const width = createStore(clamp(Number(recall('names') ?? 40), LEAST, MOST))

/** How much of the waterfall's width the names take, in percent. */
export function useNamesWidth(): number {
  return useStore(width)
}

/** Moves the border between names and times. */
export function Splitter({ box }: { box: RefObject<HTMLDivElement | null> }) {
  const value = useNamesWidth()
  const change = (percent: number) => {
    width.set(clamp(percent, LEAST, MOST))
    remember('names', String(width.get()))
  }
  return (
    <hr
      class="splitter"
      aria-label="Width of the names"
      aria-orientation="vertical"
      aria-valuenow={Math.round(value)}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        const outline = box.current?.getBoundingClientRect()
        if (event.buttons === 1 && outline) change(((event.clientX - outline.left) / outline.width) * 100)
      }}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -2, ArrowRight: 2 }[event.key]
        if (by === undefined) return
        event.preventDefault()
        change(value + by)
      }}
    />
  )
}
