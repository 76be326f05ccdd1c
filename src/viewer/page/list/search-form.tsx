import { useEffect, useRef, useState } from 'preact/hooks'
import { fetchOperations, fetchServices } from '../api.js'
import { useKeys } from '../keys.js'
import { coarseTime } from '../model/clock.js'
import { counted, formatNumber } from '../model/number.js'
import { everything, MOST_TRACES, type Search } from '../model/search.js'
import { Icon } from '../parts/icon.js'
import { setQuery } from '../place.js'
import { Choice } from './choice.js'
import { DurationField } from './duration-field.js'
import { TextField } from './text-field.js'

interface Props {
  readonly search: Search
  readonly found: number
  readonly isLoading: boolean
}

/** Narrows the list; each field is a parameter of the page's address. */
export function SearchForm({ search, found, isLoading }: Props) {
  const text = useRef<HTMLInputElement>(null)
  const services = useNames(search.service, fetchServices)
  const operations = useNames(search.service, search.service === '' ? none : fetchOperations)
  useKeys('Traces', [
    { keys: ['/'], help: 'Search', run: () => text.current?.select() },
    { keys: ['e'], help: 'Errors only, or all', run: () => setQuery({ errors: search.errors ? '' : 'true' }) },
  ])
  const isNarrowed = Object.values(search).some((value) => value !== '')
  return (
    <search class="search">
      <TextField
        input={text}
        value={search.text}
        label="Search"
        placeholder="Word, trace id, or tag: http.status_code=500"
        onChange={(value) => setQuery({ text: value })}
      />
      <Choice
        label="Service"
        all="All services"
        value={search.service}
        names={services}
        onChange={(service) => setQuery({ service, operation: '' })}
      />
      <Choice
        label="Operation"
        all="All operations"
        value={search.operation}
        names={operations}
        isDisabled={search.service === ''}
        onChange={(operation) => setQuery({ operation })}
      />
      <div class="range">
        <DurationField label="Longer than" placeholder="≥ 10ms" value={search.min} name="min" />
        <DurationField label="Shorter than" placeholder="≤ 2s" value={search.max} name="max" />
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={search.errors === 'true'}
          onChange={({ currentTarget }) => setQuery({ errors: currentTarget.checked ? 'true' : '' })}
        />
        Errors only
      </label>
      {search.start !== '' && (
        <button type="button" class="chip" onClick={() => setQuery({ start: '', end: '' })}>
          {coarseTime(Number(search.start))}–{coarseTime(Number(search.end))}
          <Icon name="close" />
        </button>
      )}
      <output class="found">
        {isLoading
          ? 'Searching …'
          : `${found === MOST_TRACES ? `Newest ${formatNumber(found)} traces` : counted(found, 'trace')}`}
      </output>
      {isNarrowed && (
        <button type="button" class="quiet" onClick={() => setQuery({ ...everything })}>
          Reset
        </button>
      )}
    </search>
  )
}

const none = async (): Promise<string[]> => []

/** Names that the viewer knows, asked anew when what they depend on changes. */
function useNames(service: string, ask: (service: string) => Promise<string[]>): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([])
  useEffect(() => {
    let isOver = false
    ask(service).then(
      (found) => isOver || setNames(found),
      () => setNames([]),
    )
    return () => {
      isOver = true
    }
  }, [service, ask])
  return names
}
