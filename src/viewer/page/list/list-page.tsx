import { useEffect, useMemo } from 'preact/hooks'
import { apiQuery, everything, matchesWords, readSearch } from '../model/search.js'
import { ordered, readOrder } from '../model/summaries.js'
import { readWords } from '../model/words.js'
import { Notice } from '../parts/notice.js'
import { addressWith, usePlace } from '../place.js'
import { listAddress } from './list-address.js'
import { PickBar } from './pick-bar.js'
import { Scatter } from './scatter.js'
import { SearchForm } from './search-form.js'
import { TraceTable } from './trace-table.js'
import { useTraces } from './use-traces.js'
import { Welcome } from './welcome.js'

/** All traces, or those that are searched for. */
export function ListPage() {
  const { query } = usePlace()
  const search = readSearch(query)
  const order = readOrder(query.get('order'))
  const { state, summaries, waiting, hold, release } = useTraces(search)
  const found = useMemo(() => {
    const { words } = readWords(search.text)
    return words.length === 0 ? summaries : summaries.filter((summary) => matchesWords(summary, words))
  }, [summaries, search.text])
  const rows = useMemo(() => ordered(found, order), [found, order])

  useEffect(() => listAddress.set(addressWith({})), [query])

  if (state === 'failed') return <Notice title="The viewer does not answer">Is it still running?</Notice>
  const isAll = apiQuery(search).toString() === apiQuery(everything).toString() && search.text === ''
  if (isAll && summaries.length === 0) return state === 'ready' ? <Welcome /> : <main class="list" />
  return (
    <main class="list">
      <SearchForm search={search} found={found.length} isLoading={state === 'loading'} />
      <Scatter summaries={found} />
      <TraceTable summaries={rows} order={order} waiting={waiting} hold={hold} release={release} />
      <PickBar />
    </main>
  )
}
