import { readTraceId } from '../decoders/jaeger-json.js'
import { isObject, parseJson } from '../decoders/json.js'
import { parseDuration } from './duration.js'

/** What is asked for, of traces. Times and durations are in microseconds. */
export interface Query {
  readonly service: string
  readonly operation: string
  readonly tags: ReadonlyMap<string, string>
  readonly minDuration: number
  readonly maxDuration: number
  readonly start: number
  readonly end: number
  readonly limit: number
  readonly errors: boolean
  readonly traceIDs: ReadonlySet<string>
}

/** What is thrown about a question that cannot be answered; its message is for who asked. */
export class BadQuery extends Error {}

/**
 * Reads the parameters that Jaeger's page sends. Throws `BadQuery`.
 * https://www.jaegertracing.io/docs/1.48/apis/#http-json-internal
 */
export function readQuery(parameters: URLSearchParams, defaultLimit: number): Query {
  const query = {
    service: parameters.get('service') ?? '',
    operation: parameters.get('operation') ?? '',
    tags: readTags(parameters),
    minDuration: duration(parameters, 'minDuration') ?? 0,
    maxDuration: duration(parameters, 'maxDuration') ?? Number.POSITIVE_INFINITY,
    start: wholeNumber(parameters, 'start') ?? startOf(parameters),
    end: wholeNumber(parameters, 'end') ?? Number.POSITIVE_INFINITY,
    limit: wholeNumber(parameters, 'limit') ?? defaultLimit,
    errors: parameters.get('errors') === 'true',
    traceIDs: new Set(parameters.getAll('traceID').map(traceId)),
  }
  if (query.maxDuration < query.minDuration) throw new BadQuery("'maxDuration' should be greater than 'minDuration'")
  return query
}

/** An id as Jaeger writes it. Throws `BadQuery`. */
export function traceId(text: string): string {
  const id = readTraceId(text)
  if (id === undefined) throw new BadQuery(`a trace id has at most 32 hex digits, unlike ${JSON.stringify(text)}`)
  return id
}

/** A whole number, or `undefined` where there is none. Throws `BadQuery`. */
export function wholeNumber(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name) ?? ''
  if (text === '') return undefined
  if (!/^-?\d{1,19}$/.test(text)) throw unable(name, text)
  return Number(text)
}

/** `lookback` counts where `start` does not say the same; Jaeger's page sends both. */
function startOf(parameters: URLSearchParams): number {
  const lookback = parameters.get('lookback')
  if (lookback === null || lookback === 'custom') return Number.NEGATIVE_INFINITY
  const length = duration(parameters, 'lookback')
  return length === undefined ? Number.NEGATIVE_INFINITY : Date.now() * 1_000 - length
}

function duration(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name) ?? ''
  if (text === '') return undefined
  const value = parseDuration(text)
  if (value === undefined) throw unable(name, text)
  // Jaeger takes 0 for no limit.
  return value === 0 ? undefined : value
}

/** `tag=key:value`, as often as one likes, and `tags={"key":"value"}`. */
function readTags(parameters: URLSearchParams): Map<string, string> {
  const tags = new Map<string, string>()
  for (const text of parameters.getAll('tag')) {
    const colon = text.indexOf(':')
    if (colon === -1) throw new BadQuery(`malformed 'tag' parameter, expecting key:value, received: ${text}`)
    tags.set(text.slice(0, colon), text.slice(colon + 1))
  }
  for (const text of parameters.getAll('tags')) {
    const object = parseJson(text)
    if (!isObject(object)) throw new BadQuery("malformed 'tags' parameter, expecting a JSON object of texts")
    for (const [key, value] of Object.entries(object)) {
      if (typeof value === 'object') throw new BadQuery("malformed 'tags' parameter, expecting a JSON object of texts")
      tags.set(key, String(value))
    }
  }
  return tags
}

function unable(name: string, text: string): BadQuery {
  return new BadQuery(`unable to parse param '${name}': ${JSON.stringify(text)}`)
}
