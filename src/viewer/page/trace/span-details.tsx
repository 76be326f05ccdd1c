import type { ComponentChildren } from 'preact'
import type { Section } from '../model/critical-path.js'
import { formatDuration } from '../model/duration.js'
import { readFailure } from '../model/failure.js'
import { formatShare } from '../model/number.js'
import { type Span, selfTime } from '../model/span.js'
import type { Trace } from '../model/trace.js'
import { CopyButton } from '../parts/copy-button.js'
import { Facts } from '../parts/facts.js'
import { Icon } from '../parts/icon.js'
import { ServiceName } from '../parts/service-name.js'
import { FailureCard } from './failure-card.js'
import { LogList } from './log-list.js'
import { References } from './references.js'
import { TagTable } from './tag-table.js'
import type { TraceView } from './use-trace-view.js'

interface Props {
  readonly span: Span
  readonly trace: Trace
  readonly path: ReadonlyMap<Span, readonly Section[]>
  readonly view: TraceView
}

/** All that is known of a span. */
export function SpanDetails({ span, trace, path, view }: Props) {
  const failures = span.logs.flatMap((log) => readFailure(log) ?? [])
  const logs = span.logs.filter((log) => readFailure(log) === undefined)
  const critical = (path.get(span) ?? []).reduce((sum, { start, end }) => sum + end - start, 0)
  return (
    <aside class="details" aria-label="Span">
      <header>
        <ServiceName name={span.service} />
        <button
          type="button"
          class="quiet icon"
          aria-label="Close"
          title="Close (Esc)"
          onClick={() => view.select(undefined)}
        >
          <Icon name="close" />
        </button>
        <h2>{span.operation || '(no name)'}</h2>
      </header>
      <Facts
        facts={[
          { name: 'Start', value: formatDuration(span.start - trace.start), help: 'After the start of the trace' },
          { name: 'Duration', value: formatDuration(span.duration) },
          { name: 'Self', value: formatDuration(selfTime(span)), help: 'Time that it spent in none of its children' },
          { name: 'Critical', value: formatShare(critical, trace.duration), help: 'Its share of the critical path' },
        ]}
      />
      {span.skew !== 0 && (
        <p class="warning">
          Its clock seems to be {formatDuration(Math.abs(span.skew))} behind that of its parent
          {span.shift === 0 ? '.' : ': it is shown later by so much.'}
        </p>
      )}
      {span.warnings.map((warning) => (
        <p key={warning} class="warning">
          {warning}
        </p>
      ))}
      {failures.map((failure, index) => (
        <FailureCard key={index} failure={failure} />
      ))}
      <Part title="Tags" count={span.tags.length}>
        <TagTable tags={span.tags} isSearchable />
      </Part>
      <Part title="Logs" count={logs.length}>
        <LogList logs={logs} span={span} />
      </Part>
      <Part title="Process" count={span.process.length}>
        <TagTable tags={span.process} />
      </Part>
      <Part title="References" count={span.references.length}>
        <References span={span} trace={trace} onSelect={view.select} />
      </Part>
      <p class="ids">
        Span <code>{span.id}</code>
        <CopyButton text={span.id} what="span id" />
      </p>
    </aside>
  )
}

/** A part of the details that opens and closes; none where there is nothing in it. */
function Part({ title, count, children }: { title: string; count: number; children: ComponentChildren }) {
  if (count === 0) return null
  return (
    <details open>
      <summary>
        {title} <span class="count">{count}</span>
      </summary>
      {children}
    </details>
  )
}
