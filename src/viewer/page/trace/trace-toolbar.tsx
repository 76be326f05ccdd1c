import { useRef } from 'preact/hooks'
import { useKeys } from '../keys.js'
import { TextField } from '../list/text-field.js'
import { formatNumber } from '../model/number.js'
import type { Trace } from '../model/trace.js'
import { addressWith, setQuery } from '../place.js'
import type { Mode, TraceView } from './use-trace-view.js'

const modes: readonly { mode: Mode; title: string }[] = [
  { mode: 'waterfall', title: 'Waterfall' },
  { mode: 'flame', title: 'Flame' },
  { mode: 'operations', title: 'Operations' },
]

/** How to look at the trace, and what to look for in it. */
export function TraceToolbar({ trace, view }: { trace: Trace; view: TraceView }) {
  return (
    <div class="toolbar">
      <nav class="switch" aria-label="View">
        {modes.map(({ mode, title }) => (
          <a
            key={mode}
            href={addressWith({ view: mode === 'waterfall' ? '' : mode })}
            aria-current={mode === view.mode ? 'true' : undefined}
          >
            {title}
          </a>
        ))}
      </nav>
      {view.mode !== 'operations' && <Looks view={view} />}
      <span class="gap" />
      {view.isZoomed && (
        <button type="button" onClick={() => view.zoomTo(undefined)}>
          Zoom out
        </button>
      )}
      <a class="button quiet" href={`/?pick=${trace.id}`}>
        Compare …
      </a>
      <a class="button quiet" href={`/api/traces/${trace.id}`} target="_blank" rel="noreferrer">
        JSON
      </a>
    </div>
  )
}

/** What to look for, and whether to mark the critical path. */
function Looks({ view }: { view: TraceView }) {
  const find = useRef<HTMLInputElement>(null)
  useKeys('Trace', [{ keys: ['/'], help: 'Find spans', run: () => find.current?.select() }])
  return (
    <>
      <TextField
        input={find}
        label="Find spans"
        placeholder="Find spans"
        value={view.find}
        onChange={(text) => setQuery({ find: text })}
      />
      {view.find !== '' && <output class="found">{formatNumber(view.matches.size)} found</output>}
      <label class="check">
        <input
          type="checkbox"
          checked={view.showsPath}
          onChange={({ currentTarget }) => setQuery({ path: currentTarget.checked ? '' : 'off' })}
        />
        Critical path
      </label>
    </>
  )
}
