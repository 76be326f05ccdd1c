import { useCallback, useMemo, useState } from 'preact/hooks'
import { timeOfDay } from '../model/clock.js'
import { formatDuration } from '../model/duration.js'
import type { Summary } from '../model/jaeger.js'
import { counted } from '../model/number.js'
import { extentOf, nearest } from '../model/scatter.js'
import { Brush } from '../parts/brush.js'
import { Canvas, type Drawing } from '../parts/canvas.js'
import { ServiceName } from '../parts/service-name.js'
import { type Spot, Tip } from '../parts/tip.js'
import { useDrag } from '../parts/use-drag.js'
import { go, setQuery } from '../place.js'
import { drawScatter, MARGIN } from './draw-scatter.js'

const REACH = 12

/** Durations over time: a point opens its trace, a dragged range narrows the list to it. */
export function Scatter({ summaries }: { summaries: readonly Summary[] }) {
  const extent = useMemo(() => extentOf(summaries), [summaries])
  const draw = useCallback((drawing: Drawing) => drawScatter(drawing, summaries, extent), [summaries, extent])
  const [near, setNear] = useState<{ summary: Summary; at: Spot }>()

  const look = (event: PointerEvent) => {
    if (!(event.currentTarget instanceof HTMLElement)) return
    const box = event.currentTarget.getBoundingClientRect()
    const size = {
      width: box.width - MARGIN.left - MARGIN.right,
      height: box.height - MARGIN.top - MARGIN.bottom,
    }
    const [x, y] = [event.clientX - box.left - MARGIN.left, event.clientY - box.top - MARGIN.top]
    const summary = nearest(summaries, extent, { x, y, ...size, reach: REACH })
    setNear(summary && { summary, at: { x: event.clientX, y: event.clientY } })
  }
  const timeAt = (part: number) => String(Math.round(extent.from + part * (extent.to - extent.from)))
  const { drag, handlers } = useDrag({
    left: MARGIN.left,
    right: MARGIN.right,
    onRange: (from, to) => setQuery({ start: timeAt(from), end: timeAt(to) }),
    onClick: () => near && go(`/trace/${near.summary.traceID}`),
  })
  return (
    <div
      class={`scatter${near === undefined ? '' : ' near'}`}
      {...handlers}
      onPointerMove={(event) => {
        handlers.onPointerMove(event)
        look(event)
      }}
      onPointerLeave={() => setNear(undefined)}
    >
      <Canvas draw={draw} label={`Durations of ${counted(summaries.length, 'trace')} over time`} />
      <div class="plot" style={{ left: `${MARGIN.left}px`, right: `${MARGIN.right}px` }}>
        <Brush drag={drag} />
      </div>
      {near !== undefined && drag === undefined && (
        <Tip at={near.at}>
          <Words summary={near.summary} />
        </Tip>
      )}
    </div>
  )
}

function Words({ summary: { root, startTime, duration, errors } }: { summary: Summary }) {
  return (
    <>
      <ServiceName name={root.service} />
      <strong>{root.operation}</strong>
      <span>
        {formatDuration(duration)} · {timeOfDay(startTime)}
        {errors > 0 && <span class="error-text"> · {counted(errors, 'error')}</span>}
      </span>
    </>
  )
}
