import { formatDuration } from '../model/duration.js'
import { place, ticks, type View, viewBetween } from '../model/timeline.js'
import type { Trace } from '../model/trace.js'
import { Brush } from '../parts/brush.js'
import { useDrag } from '../parts/use-drag.js'
import type { TraceView } from './use-trace-view.js'

const MOST_TICKS = 7

/** The times above the spans; dragging a range zooms in. */
export function Ruler({ trace, view }: { trace: Trace; view: TraceView }) {
  const { zoom } = view
  const { drag, handlers } = useDrag({
    onRange: (from, to) => view.zoomTo(viewBetween(from, to, zoom, trace.duration)),
  })
  return (
    <div class="ruler">
      <div class="names">Service and operation</div>
      <div class="lane" {...handlers}>
        {ticks(zoom, MOST_TICKS).map((time) => (
          <span key={time} style={{ left: `${place(time, zoom) * 100}%` }}>
            {time === 0 ? '0' : formatDuration(time)}
          </span>
        ))}
        <Brush drag={drag} />
      </div>
    </div>
  )
}

/** The background that draws a line for each of these times, for every lane. */
export function tickLines(zoom: View): string {
  const line = 'linear-gradient(var(--line), var(--line))'
  const lines = ticks(zoom, MOST_TICKS).map((time) => `${line} ${place(time, zoom) * 100}% 0 / 1px 100% no-repeat`)
  return lines.join(', ')
}
