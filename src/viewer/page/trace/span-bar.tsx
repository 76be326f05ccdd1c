import type { Section } from '../model/critical-path.js'
import { formatDuration } from '../model/duration.js'
import { endOf, type Span } from '../model/span.js'
import { clamp, place, type View } from '../model/timeline.js'
import type { Trace } from '../model/trace.js'
import { colourOf } from '../service-colours.js'

interface Props {
  readonly span: Span
  readonly trace: Trace
  readonly zoom: View
  /** What of it is on the critical path. */
  readonly sections: readonly Section[] | undefined
}

/** Beyond this part of the lane, there is no room for a text at the right of a bar. */
const ROOM = 0.86

/** The time of a span in its lane, with its logs as marks. */
export function SpanBar({ span, trace, zoom, sections = [] }: Props) {
  const at = (time: number) => place(time - trace.start, zoom)
  const [start, end] = [at(span.start), at(endOf(span))]
  if (end < 0 || start > 1) return <Beyond isAfter={start > 1} />
  const [left, right] = [clamp(start, -0.01, 1.01), clamp(end, -0.01, 1.01)]
  return (
    <>
      <div class="bar" style={{ ...stretch(left, right), backgroundColor: colourOf(span.service) }} />
      {sections.map((section) => (
        <div
          key={section.start}
          class="critical"
          style={stretch(clamp(at(section.start), left, right), clamp(at(section.end), left, right))}
        />
      ))}
      {span.logs.map(({ timestamp }, index) => (
        <div key={index} class="mark" style={{ left: percent(at(timestamp + span.shift)) }} />
      ))}
      <Length text={formatDuration(span.duration)} left={left} right={right} />
    </>
  )
}

/** Beside the bar where there is room, else on it. */
function Length({ text, left, right }: { text: string; left: number; right: number }) {
  const isAfter = right <= ROOM
  const isBefore = !isAfter && left >= 1 - ROOM
  const style = isAfter ? { left: percent(right) } : { right: percent(1 - (isBefore ? left : Math.min(1, right))) }
  return (
    <span class={`length${isAfter || isBefore ? '' : ' inside'}`} style={style}>
      {text}
    </span>
  )
}

/** A span that the view, zoomed in, does not reach. */
function Beyond({ isAfter }: { isAfter: boolean }) {
  return <span class={`beyond${isAfter ? ' after' : ''}`}>{isAfter ? '›' : '‹'}</span>
}

function stretch(left: number, right: number): { left: string; width: string } {
  return { left: percent(left), width: percent(Math.max(0, right - left)) }
}

function percent(part: number): string {
  return `${part * 100}%`
}
