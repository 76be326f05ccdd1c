import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { fetchSummaries } from '../api.js'
import { counts, onNews } from '../live.js'
import type { Summary } from '../model/jaeger.js'
import { apiQuery, everything, type Search } from '../model/search.js'
import { countNew, merged } from '../model/summaries.js'
import { learnServices } from '../service-colours.js'
import { useStore } from '../store.js'

/** The traces that a search finds, kept up to date. */
export interface Traces {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly summaries: readonly Summary[]
  /** How many new ones are held back. */
  readonly waiting: number
  /** Holds new ones back, so that nothing moves below someone's hand, or shows them. */
  hold(isHeld: boolean): void
  release(): void
}

const REFRESH_MILLISECONDS = 500

/** What was found last, to be there at once when someone comes back. */
let last: Found = { query: '', state: 'loading', summaries: [] }

export function useTraces(search: Search): Traces {
  const query = apiQuery(search).toString()
  const [shown, setShown] = useState<Found>(last)
  const latest = useRef(last)
  const isHeld = useRef(false)
  const [waiting, setWaiting] = useState(0)
  const kept = useStore(counts).traces

  const release = useCallback(() => {
    last = latest.current
    setShown(latest.current)
    setWaiting(0)
  }, [])

  const take = useCallback(
    (found: Found) => {
      learnServices(found.summaries.flatMap(({ services }) => services.map(({ name }) => name)))
      const isSame = latest.current.query === found.query && latest.current.state === 'ready'
      latest.current = found
      if (isSame && isHeld.current) setWaiting(countNew(last.summaries, found.summaries))
      else release()
    },
    [release],
  )

  useEffect(() => {
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async () => {
      timer = undefined
      const found = await find(query)
      if (!isOver) take(found)
    }
    const refresh = () => {
      timer ??= setTimeout(load, REFRESH_MILLISECONDS)
    }
    const stop = onNews(({ changed, isAll }) => {
      if (!isAll || query !== everythingQuery || latest.current.query !== query) refresh()
      else take({ query, state: 'ready', summaries: merged(latest.current.summaries, changed) })
    })
    load()
    return () => {
      isOver = true
      clearTimeout(timer)
      stop()
    }
  }, [query, take])

  // The viewer forgets the oldest when its memory is full, or all when it is told to.
  useEffect(() => {
    if (kept === undefined || kept >= latest.current.summaries.length || query !== everythingQuery) return
    take({ query, state: 'ready', summaries: latest.current.summaries.slice(0, kept) })
    if (kept === 0) release()
  }, [kept, query, take, release])

  const hold = useCallback((next: boolean) => {
    isHeld.current = next
  }, [])
  return { state: shown.query === query ? shown.state : 'loading', summaries: shown.summaries, waiting, hold, release }
}

const everythingQuery = apiQuery(everything).toString()

async function find(query: string): Promise<Found> {
  try {
    const { data, counts: now } = await fetchSummaries(new URLSearchParams(query))
    if (now !== undefined) counts.set(now)
    return { query, state: 'ready', summaries: data }
  } catch {
    return { query, state: 'failed', summaries: [] }
  }
}

interface Found {
  readonly query: string
  readonly state: 'loading' | 'ready' | 'failed'
  readonly summaries: readonly Summary[]
}
