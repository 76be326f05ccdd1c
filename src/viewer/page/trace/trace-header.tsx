import { listAddress } from '../list/list-address.js'
import { fullTime } from '../model/clock.js'
import { formatDuration } from '../model/duration.js'
import { counted, formatNumber } from '../model/number.js'
import type { Trace } from '../model/trace.js'
import { CopyButton } from '../parts/copy-button.js'
import { Facts } from '../parts/facts.js'
import { Icon } from '../parts/icon.js'
import { ServiceName } from '../parts/service-name.js'
import { addressWith } from '../place.js'

/** What a trace is, at a glance. */
export function TraceHeader({ trace }: { trace: Trace }) {
  const [root] = trace.roots
  return (
    <header class="trace-header">
      <a
        class="button quiet icon"
        href={listAddress.get()}
        aria-label="Back to the list"
        title="Back to the list (Esc)"
      >
        <Icon name="back" />
      </a>
      <div class="title">
        <h1>
          {root !== undefined && <ServiceName name={root.service} />}
          <span class="operation" title={root?.operation}>
            {root?.operation || '(no name)'}
          </span>
        </h1>
        <p>
          <code>{trace.id}</code>
          <CopyButton text={trace.id} what="trace id" />
          <time>{fullTime(trace.start)}</time>
          {trace.skewed > 0 && <Clocks trace={trace} />}
          {trace.roots.length > 1 && <span class="warning">{trace.roots.length} parts: parents are missing</span>}
          {trace.warnings.map((warning) => (
            <span key={warning} class="warning">
              {warning}
            </span>
          ))}
        </p>
      </div>
      <Facts
        facts={[
          { name: 'Duration', value: formatDuration(trace.duration) },
          { name: 'Spans', value: formatNumber(trace.spans.length) },
          { name: 'Services', value: formatNumber(trace.services.length) },
          { name: 'Depth', value: formatNumber(trace.levels) },
          { name: 'Errors', value: formatNumber(trace.errors), isAlarming: trace.errors > 0 },
        ]}
      />
    </header>
  )
}

/** Says that clocks disagree, and lets the page make up for it. */
function Clocks({ trace: { skewed, spans } }: { trace: Trace }) {
  const isAligned = spans.some(({ shift }) => shift !== 0)
  return (
    <span class="warning">
      Clocks disagree: {counted(skewed, 'span')} {isAligned ? 'moved into their parents' : 'before their parents'}{' '}
      <a href={addressWith({ clocks: isAligned ? '' : 'aligned' })}>{isAligned ? 'Show as sent' : 'Align'}</a>
    </span>
  )
}
