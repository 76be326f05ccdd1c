import { parseDuration } from './duration.js'
import type { Summary } from './jaeger.js'
import { readWords } from './words.js'

/** What the list is to show, as the page's address says it. Empty texts mean all. */
export interface Search {
  readonly service: string
  readonly operation: string
  /** Words and tags, as typed. */
  readonly text: string
  /** Durations, as typed. */
  readonly min: string
  readonly max: string
  readonly errors: string
  /** Microseconds since the epoch. */
  readonly start: string
  readonly end: string
}

/** The most traces that the list holds. */
export const MOST_TRACES = 10_000

/** The search for all traces. */
export const everything: Search = readSearch(new URLSearchParams())

/** The search in the query of the page's address. */
export function readSearch(query: URLSearchParams): Search {
  const read = (name: keyof Search) => query.get(name) ?? ''
  return {
    service: read('service'),
    operation: read('operation'),
    text: read('text'),
    min: read('min'),
    max: read('max'),
    errors: read('errors'),
    start: read('start'),
    end: read('end'),
  }
}

/** The query of the API that answers the search; words, which it does not know, are left to `matchesWords`. */
export function apiQuery({ service, operation, text, min, max, errors, start, end }: Search): URLSearchParams {
  const { tags } = readWords(text)
  const parameters = {
    service,
    operation: service === '' ? '' : operation,
    tags: Object.keys(tags).length > 0 ? JSON.stringify(tags) : '',
    minDuration: readDuration(min),
    maxDuration: readDuration(max),
    errors,
    start,
    end,
    limit: String(MOST_TRACES),
  }
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ''))
}

/** Whether a trace's id, names and services hold every one of the words. */
export function matchesWords({ traceID, root, services }: Summary, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = [traceID, root.service, root.operation, ...services.map(({ name }) => name)].join('\n').toLowerCase()
  return words.every((word) => text.includes(word.toLowerCase()))
}

/** As the API reads durations; one that is none, or not yet, is left out. */
function readDuration(text: string): string {
  const microseconds = parseDuration(text)
  return microseconds === undefined ? '' : `${Math.round(microseconds)}us`
}
