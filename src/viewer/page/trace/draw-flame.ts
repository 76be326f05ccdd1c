import type { Section } from '../model/critical-path.js'
import { formatDuration } from '../model/duration.js'
import type { Flame } from '../model/flame.js'
import { endOf, type Span } from '../model/span.js'
import { place, type View } from '../model/timeline.js'
import type { Trace } from '../model/trace.js'
import type { Drawing } from '../parts/canvas.js'
import { colourOf } from '../service-colours.js'

/** The height of a row, in pixels. */
export const FLAME_ROW = 22

const LEAST_TEXT = 36
const PADDING = 5

/** What the chart shows. */
export interface Scene {
  readonly trace: Trace
  readonly flame: Flame
  readonly zoom: View
  readonly path: ReadonlyMap<Span, readonly Section[]>
  readonly selected: Span | undefined
  /** The spans that are not to be faded; all where it is left out. */
  readonly matches: ReadonlySet<Span> | undefined
  /** How far it is scrolled, in pixels. */
  readonly top: number
}

export function drawFlame(drawing: Drawing, scene: Scene): void {
  const { context, width, height, colour } = drawing
  const { trace, flame, zoom, path, selected, matches, top } = scene
  const at = (time: number) => place(time - trace.start, zoom) * width
  context.font = `12px ${getComputedStyle(context.canvas).fontFamily}`
  context.textBaseline = 'middle'
  for (const span of trace.spans) {
    const y = (flame.rowOf.get(span) ?? 0) * FLAME_ROW - top + 4
    const [left, right] = [Math.max(0, at(span.start)), Math.min(width, at(endOf(span)))]
    if (y + FLAME_ROW < 0 || y > height || right < 0 || left > width) continue
    const length = Math.max(1, right - left - 1)
    context.globalAlpha = matches?.has(span) === false ? 0.2 : 1
    context.fillStyle = colourOf(span.service)
    context.fillRect(left, y, length, FLAME_ROW - 2)
    if (span.hasError) {
      context.fillStyle = colour('error')
      context.fillRect(left, y, Math.min(length, 4), FLAME_ROW - 2)
    }
    context.fillStyle = colour('ink')
    for (const { start, end } of path.get(span) ?? [])
      context.fillRect(at(start), y + FLAME_ROW - 4, Math.max(0, at(end) - at(start) - 1), 2)
    if (span === selected) {
      context.strokeStyle = colour('ink')
      context.lineWidth = 2
      context.strokeRect(left + 1, y + 1, Math.max(1, length - 2), FLAME_ROW - 4)
    }
    if (length >= LEAST_TEXT) write(context, span, left, y, length)
  }
  context.globalAlpha = 1
}

/** The span at a place: from 0 to 1 of the width, and pixels from the top of what is in sight. */
export function spanAt({ trace, flame, zoom, top }: Scene, x: number, y: number): Span | undefined {
  const row = Math.floor((y + top - 4) / FLAME_ROW)
  const time = trace.start + zoom.from + x * (zoom.to - zoom.from)
  const slack = (zoom.to - zoom.from) / 500
  const near = trace.spans.filter((span) => flame.rowOf.get(span) === row)
  return (
    near.find((span) => span.start <= time && time <= endOf(span)) ??
    near.find((span) => span.start - slack <= time && time <= endOf(span) + slack)
  )
}

/** Dark on all colours of services, in both themes. */
function write(context: CanvasRenderingContext2D, span: Span, left: number, y: number, length: number): void {
  context.save()
  context.beginPath()
  context.rect(left, y, length - PADDING, FLAME_ROW)
  context.clip()
  context.fillStyle = '#0c0c0e'
  const text = `${span.operation.slice(0, 200)}  ${formatDuration(span.duration)}`
  context.fillText(text, left + PADDING, y + FLAME_ROW / 2 - 1)
  context.restore()
}
