import { setQuery } from '../place.js'

/** The traces that are picked for a comparison, at most two. */
export function readPicks(query: URLSearchParams): readonly string[] {
  return (query.get('pick') ?? '').split(',').filter((id) => id !== '')
}

/** Picks a trace, in place of the one before the last where there are two, or lets it go. */
export function togglePick(query: URLSearchParams, id: string): void {
  const picks = readPicks(query)
  const next = picks.includes(id) ? picks.filter((pick) => pick !== id) : [...picks.slice(-1), id]
  setQuery({ pick: next.join(',') })
}
