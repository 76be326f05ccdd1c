import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Section } from '../model/critical-path.js'
import { formatDuration } from '../model/duration.js'
import { layOutFlame } from '../model/flame.js'
import type { Span } from '../model/span.js'
import { clamp } from '../model/timeline.js'
import type { Trace } from '../model/trace.js'
import { Canvas, type Drawing } from '../parts/canvas.js'
import { ServiceName } from '../parts/service-name.js'
import { type Spot, Tip } from '../parts/tip.js'
import { drawFlame, FLAME_ROW, spanAt } from './draw-flame.js'
import { Ruler } from './ruler.js'
import type { TraceView } from './use-trace-view.js'

interface Props {
  readonly trace: Trace
  readonly view: TraceView
  readonly path: ReadonlyMap<Span, readonly Section[]>
}

/** The spans of a trace in as few rows as can be: what was below what, and for how long. */
export function FlameChart({ trace, view, path }: Props) {
  const { zoom, selected, matches, find, select } = view
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const [near, setNear] = useState<{ span: Span; at: Spot }>()
  const flame = useMemo(() => layOutFlame(trace.spans, trace.roots), [trace])
  const scene = useMemo(
    () => ({ trace, flame, zoom, path, selected, matches: find === '' ? undefined : matches, top }),
    [trace, flame, zoom, path, selected, matches, find, top],
  )
  const draw = useCallback((drawing: Drawing) => drawFlame(drawing, scene), [scene])

  useEffect(() => {
    const row = selected && flame.rowOf.get(selected)
    if (box.current === null || row === undefined) return
    const { scrollTop, clientHeight } = box.current
    box.current.scrollTop = clamp(scrollTop, (row + 2) * FLAME_ROW - clientHeight, row * FLAME_ROW)
  }, [selected, flame])

  const spanBelow = (event: MouseEvent) => {
    const outline = box.current?.getBoundingClientRect()
    if (outline === undefined || box.current === null) return undefined
    const [x, y] = [event.clientX - outline.left, event.clientY - outline.top]
    const span = spanAt(scene, x / box.current.clientWidth, y)
    return span && { span, at: { x: event.clientX, y: event.clientY } }
  }
  return (
    <div class="flame">
      <Ruler trace={trace} view={view} />
      <div
        ref={box}
        class={`flame-scroll${near === undefined ? '' : ' near'}`}
        onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
        onPointerMove={(event) => setNear(spanBelow(event))}
        onPointerLeave={() => setNear(undefined)}
      >
        <div style={{ height: `${flame.rows * FLAME_ROW + 8}px` }}>
          <Canvas
            draw={draw}
            label={`Flame chart of ${trace.spans.length} spans`}
            onClick={(event) => select(spanBelow(event)?.span)}
            onDblClick={(event) => {
              const span = spanBelow(event)?.span
              if (span) view.zoomTo({ from: span.start - trace.start, to: span.start - trace.start + span.duration })
            }}
          />
        </div>
        {near !== undefined && (
          <Tip at={near.at}>
            <ServiceName name={near.span.service} />
            <strong>{near.span.operation}</strong>
            <span>{formatDuration(near.span.duration)}</span>
          </Tip>
        )}
      </div>
    </div>
  )
}
