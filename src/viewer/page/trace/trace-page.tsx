import { useMemo } from 'preact/hooks'
import { criticalPath } from '../model/critical-path.js'
import type { Trace } from '../model/trace.js'
import { Notice } from '../parts/notice.js'
import { usePlace } from '../place.js'
import { FlameChart } from './flame-chart.js'
import { OperationsTable } from './operations-table.js'
import { Overview } from './overview.js'
import { SpanDetails } from './span-details.js'
import { TraceHeader } from './trace-header.js'
import { TraceToolbar } from './trace-toolbar.js'
import { useTrace } from './use-trace.js'
import { useTraceKeys } from './use-trace-keys.js'
import { useTraceView } from './use-trace-view.js'
import { Waterfall } from './waterfall.js'

/** One trace, in one of three views, with the details of a span beside it. */
export function TracePage({ id }: { id: string }) {
  const { query } = usePlace()
  const loaded = useTrace(id, query.get('clocks') === 'aligned' ? 'aligned' : 'as-sent')
  if (loaded === 'loading') return <main />
  if (loaded === 'failed') return <Notice title="The viewer does not answer">Is it still running?</Notice>
  if (loaded === 'unknown')
    return (
      <Notice title="There is no such trace here">
        <p>It shows up as soon as its first span comes in. Old traces go when the viewer's memory is full.</p>
        <code>{id}</code>
        <a href="/">All traces</a>
      </Notice>
    )
  return <LoadedTrace trace={loaded} />
}

function LoadedTrace({ trace }: { trace: Trace }) {
  const view = useTraceView(trace)
  const path = useMemo(() => criticalPath(trace.roots), [trace])
  useTraceKeys(trace, view)
  const shown = { trace, view, path: view.showsPath ? path : none }
  return (
    <main class={`trace${view.selected === undefined ? '' : ' has-details'}`}>
      <TraceHeader trace={trace} />
      <TraceToolbar trace={trace} view={view} />
      <div class="trace-body">
        {view.mode !== 'operations' && <Overview trace={trace} view={view} />}
        {view.mode === 'waterfall' && <Waterfall {...shown} />}
        {view.mode === 'flame' && <FlameChart {...shown} />}
        {view.mode === 'operations' && <OperationsTable trace={trace} />}
      </div>
      {view.selected !== undefined && (
        <SpanDetails key={view.selected.key} span={view.selected} trace={trace} path={path} view={view} />
      )}
    </main>
  )
}

const none: ReturnType<typeof criticalPath> = new Map()
