import { formatDuration } from '../model/duration.js'
import type { JaegerLog } from '../model/jaeger.js'
import type { Span } from '../model/span.js'
import { TagTable } from './tag-table.js'

/** The logs of a span, with the time since its start. */
export function LogList({ logs, span }: { logs: readonly JaegerLog[]; span: Span }) {
  return (
    <ol class="logs">
      {logs.map(({ timestamp, fields }, index) => (
        <li key={index}>
          <time>{formatOffset(timestamp + span.shift - span.start)}</time>
          <TagTable tags={fields} />
        </li>
      ))}
    </ol>
  )
}

function formatOffset(microseconds: number): string {
  return `${microseconds >= 0 ? '+' : ''}${formatDuration(microseconds)}`
}
