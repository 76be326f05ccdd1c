import { fullTime } from '../model/clock.js'
import { formatDuration } from '../model/duration.js'
import { counted } from '../model/number.js'
import type { Trace } from '../model/trace.js'
import { CopyButton } from '../parts/copy-button.js'
import { ServiceName } from '../parts/service-name.js'
import { Difference } from './difference.js'

interface Props {
  readonly name: string
  readonly trace: Trace
  /** How many spans the other trace does not have. */
  readonly only: number
  /** The trace that it is measured by. */
  readonly other?: Trace
}

/** One of the two traces, at a glance. */
export function Side({ name, trace, only, other }: Props) {
  const [root] = trace.roots
  return (
    <section class="side">
      <h2>
        <span class="side-name">{name}</span>
        {root !== undefined && <ServiceName name={root.service} />}
        <a class="operation" href={`/trace/${trace.id}`} title={root?.operation}>
          {root?.operation || '(no name)'}
        </a>
      </h2>
      <p>
        <code>{trace.id}</code>
        <CopyButton text={trace.id} what="trace id" />
        <time>{fullTime(trace.start)}</time>
      </p>
      <p class="sums">
        <strong>{formatDuration(trace.duration)}</strong>
        {other !== undefined && <Difference from={other.duration} to={trace.duration} />}
        <span>
          {counted(trace.spans.length, 'span')}
          {only > 0 && `, ${only} only here`}
        </span>
        <span class={trace.errors > 0 ? 'error-text' : ''}>{counted(trace.errors, 'error')}</span>
      </p>
    </section>
  )
}
