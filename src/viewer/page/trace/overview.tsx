import { useCallback } from 'preact/hooks'
import { place, viewBetween } from '../model/timeline.js'
import type { Trace } from '../model/trace.js'
import { Brush } from '../parts/brush.js'
import { Canvas, type Drawing } from '../parts/canvas.js'
import { useDrag } from '../parts/use-drag.js'
import { colourOf } from '../service-colours.js'
import type { TraceView } from './use-trace-view.js'

/** The whole trace, however far the view below is zoomed in; dragging a range zooms. */
export function Overview({ trace, view }: { trace: Trace; view: TraceView }) {
  const whole = { from: 0, to: trace.duration }
  const draw = useCallback((drawing: Drawing) => drawSpans(drawing, trace), [trace])
  const { drag, handlers } = useDrag({
    onRange: (from, to) => view.zoomTo(viewBetween(from, to, whole, trace.duration)),
    onClick: () => view.zoomTo(undefined),
  })
  const left = place(view.zoom.from, whole)
  const right = place(view.zoom.to, whole)
  return (
    <div class="overview" title="Drag to zoom in, click to zoom out" {...handlers}>
      <Canvas draw={draw} label="The whole trace" />
      <div class="outside" style={{ left: 0, width: `${left * 100}%` }} />
      <div class="outside" style={{ left: `${right * 100}%`, right: 0 }} />
      <Brush drag={drag} />
    </div>
  )
}

function drawSpans({ context, width, height, colour }: Drawing, { spans, start, duration }: Trace): void {
  const rowHeight = Math.min(4, (height - 8) / spans.length)
  const error = colour('error')
  for (const [index, span] of spans.entries()) {
    context.fillStyle = colourOf(span.service)
    const left = duration > 0 ? ((span.start - start) / duration) * width : 0
    const length = duration > 0 ? (span.duration / duration) * width : width
    const [top, thickness] = [4 + index * rowHeight, Math.max(1, rowHeight - 1)]
    context.fillRect(left, top, Math.max(1, length), thickness)
    if (!span.hasError) continue
    context.fillStyle = error
    context.fillRect(left + length - 2, top - 0.5, 4, thickness + 1)
  }
}
