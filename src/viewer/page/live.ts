import type { Counts, Summary } from './model/jaeger.js'
import { createStore } from './store.js'

/** What has changed in the viewer. */
export interface News {
  /** The traces that are new or have grown. */
  readonly changed: readonly Summary[]
  /** Whether that is all; if not, one has to ask. */
  readonly isAll: boolean
}

/** Whether the viewer is there. */
export const connection = createStore<'connecting' | 'open' | 'lost'>('connecting')

/** What it has received so far. */
export const counts = createStore<Counts>({})

const listeners = new Set<(news: News) => void>()

/** Calls with what changes, as it does. Answers how to stop it. */
export function onNews(listener: (news: News) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Listens to the viewer for as long as the page is open; the browser connects again by itself. */
export function listen(): void {
  const source = new EventSource('/api/live')
  source.addEventListener('open', () => {
    if (connection.get() === 'lost') tell({ changed: [], isAll: false })
    connection.set('open')
  })
  source.addEventListener('error', () => connection.set('lost'))
  source.addEventListener('counts', ({ data }) => counts.set(JSON.parse(data)))
  source.addEventListener('cleared', () => tell({ changed: [], isAll: false }))
  source.addEventListener('traces', ({ data }) => {
    const { data: changed, missed }: { data: Summary[]; missed: number } = JSON.parse(data)
    tell({ changed, isAll: missed === 0 })
  })
}

function tell(news: News): void {
  for (const listener of [...listeners]) listener(news)
}
