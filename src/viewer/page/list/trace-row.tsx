import { useEffect, useRef } from 'preact/hooks'
import { coarseTime, dayBefore, fullTime, timeOfDay } from '../model/clock.js'
import { formatDuration } from '../model/duration.js'
import type { Summary } from '../model/jaeger.js'
import { counted, formatNumber } from '../model/number.js'
import { ServiceName } from '../parts/service-name.js'

interface Props {
  readonly summary: Summary
  /** The longest duration of the list, in microseconds. */
  readonly longest: number
  readonly isChosen: boolean
  readonly isPicked: boolean
  onPick(): void
}

const MOST_SERVICES = 4
const MOST_BAR = 90

/** A trace in the list. */
export function TraceRow({ summary, longest, isChosen, isPicked, onPick }: Props) {
  const { traceID, startTime, duration, root, spans, errors } = summary
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (isChosen) link.current?.focus({ preventScroll: true })
  }, [isChosen])
  return (
    <div class={`trace-row${isPicked ? ' picked' : ''}${errors > 0 ? ' failed' : ''}`}>
      <label class="pick" title="Pick for a comparison (x)">
        <input type="checkbox" checked={isPicked} onChange={onPick} aria-label={`Pick trace ${traceID}`} />
      </label>
      <a ref={link} class="cells" href={`/trace/${traceID}`}>
        <span class="time" title={fullTime(startTime)}>
          <Time microseconds={startTime} />
        </span>
        <span class="request" title={`${root.service} ${root.operation}`}>
          <ServiceName name={root.service} />
          <span class="operation">{root.operation || '(no name)'}</span>
        </span>
        <Services summary={summary} />
        <span class="errors">{errors > 0 && <span class="badge">{counted(errors, 'error')}</span>}</span>
        <span class="spans">{formatNumber(spans)}</span>
        <span class="duration">
          <span class="bar" style={{ width: `${(duration / longest) * MOST_BAR}px` }} />
          <span class="length">{formatDuration(duration)}</span>
        </span>
      </a>
    </div>
  )
}

/** Milliseconds matter today. */
function Time({ microseconds }: { microseconds: number }) {
  const day = dayBefore(microseconds, Date.now() * 1_000)
  if (day === '') return timeOfDay(microseconds)
  return (
    <>
      <span class="day">{day}</span> {coarseTime(microseconds)}
    </>
  )
}

/** The services below that of the root, the first of them by name. */
function Services({ summary: { services, root } }: { summary: Summary }) {
  const others = services.filter(({ name }) => name !== root.service)
  const rest = others.length - MOST_SERVICES
  return (
    <span class="services" title={others.map(({ name, spans }) => `${name} (${spans})`).join('\n')}>
      {others.slice(0, MOST_SERVICES).map(({ name }) => (
        <ServiceName key={name} name={name} />
      ))}
      {rest > 0 && <span class="rest">+{rest}</span>}
    </span>
  )
}
