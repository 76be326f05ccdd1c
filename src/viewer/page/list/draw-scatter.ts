import { coarseTime, dayOf, timeOfDay } from '../model/clock.js'
import { formatDuration } from '../model/duration.js'
import type { Summary } from '../model/jaeger.js'
import { decades, type Extent, heightOf, pointOf } from '../model/scatter.js'
import { timeTicks } from '../model/time-ticks.js'
import type { Drawing } from '../parts/canvas.js'

/** The room around the points for their scales, in pixels. */
export const MARGIN = { left: 64, right: 24, top: 12, bottom: 24 }

const TIME_EVERY = 110
/** Beyond so many, points are paler, so that where they are dense can be seen. */
const CROWD = 2_000
const labels = { millisecond: timeOfDay, second: coarseTime, day: dayOf }

/** Draws the scales, then the points, those with errors on top. */
export function drawScatter(drawing: Drawing, summaries: readonly Summary[], extent: Extent): void {
  const { context, colour } = drawing
  const size = {
    width: drawing.width - MARGIN.left - MARGIN.right,
    height: drawing.height - MARGIN.top - MARGIN.bottom,
  }
  context.font = `11px ${getComputedStyle(context.canvas).fontFamily}`
  context.translate(MARGIN.left, MARGIN.top)
  drawDurations(drawing, extent, size)
  drawTimes(drawing, extent, size)

  const failed = summaries.filter(({ errors }) => errors > 0)
  context.globalAlpha = summaries.length > CROWD ? 0.35 : 0.6
  context.fillStyle = colour('accent')
  drawPoints(drawing, summaries, extent, size, 3)
  context.globalAlpha = 0.9
  context.fillStyle = colour('error')
  drawPoints(drawing, failed, extent, size, 3.5)
  context.globalAlpha = 1
}

function drawPoints(
  { context }: Drawing,
  summaries: readonly Summary[],
  extent: Extent,
  size: Size,
  radius: number,
): void {
  for (const summary of summaries) {
    const { x, y } = pointOf(summary, extent)
    context.beginPath()
    context.arc(x * size.width, (1 - y) * size.height, radius, 0, 2 * Math.PI)
    context.fill()
  }
}

function drawDurations({ context, colour }: Drawing, extent: Extent, { width, height }: Size): void {
  const lines = decades(extent)
  const every = Math.ceil(lines.length / Math.max(2, Math.floor(height / 22)))
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  for (const duration of lines.filter((_, index) => index % every === 0)) {
    const y = Math.round((1 - heightOf(duration, extent)) * height) + 0.5
    context.fillStyle = colour('line')
    context.fillRect(0, y, width, 1)
    context.fillStyle = colour('muted')
    context.fillText(formatDuration(duration), -10, y)
  }
}

function drawTimes({ context, colour }: Drawing, { from, to }: Extent, { width, height }: Size): void {
  const { times, unit } = timeTicks(from, to, Math.max(1, width / TIME_EVERY), new Date().getTimezoneOffset())
  context.textAlign = 'center'
  context.textBaseline = 'bottom'
  for (const time of times) {
    const x = ((time - from) / (to - from)) * width
    context.fillStyle = colour('line')
    context.fillRect(Math.round(x), height, 1, 4)
    context.fillStyle = colour('muted')
    context.fillText(labels[unit](time), x, height + MARGIN.bottom - 2)
  }
}

/** Of the part that holds the points, in pixels. */
interface Size {
  readonly width: number
  readonly height: number
}
