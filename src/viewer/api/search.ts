import type { Span, Tag } from '../store/span.js'
import type { Store } from '../store/store.js'
import type { Trace } from '../store/trace.js'
import type { Query } from './query.js'

/** The traces that a query finds, the last to start first. */
export function search(store: Store, query: Query): Trace[] {
  const found: Trace[] = []
  for (const trace of store.newest()) {
    if (matches(trace, query)) found.push(trace)
  }
  found.sort((one, other) => other.summary.startTime - one.summary.startTime)
  return query.limit > 0 ? found.slice(0, query.limit) : found
}

/** One span has to fit all that is asked, as in Jaeger; where no service is asked for, the durations are the trace's. */
function matches({ summary, spans }: Trace, query: Query): boolean {
  const { service, operation, tags, errors, start, end } = query
  if (errors && summary.errors === 0) return false
  if (summary.startTime > end || summary.startTime + summary.duration < start) return false
  if (service !== '') {
    return summary.services.some(({ name }) => name === service) && spans.some((span) => isMeant(span, query))
  }
  if (!lasts(summary.duration, query)) return false
  if (operation === '' && tags.size === 0) return true
  return spans.some((span) => isMeant(span, { ...query, minDuration: 0, maxDuration: Number.POSITIVE_INFINITY }))
}

function isMeant(span: Span, query: Query): boolean {
  const { service, operation, start, end, tags } = query
  if (service !== '' && span.process.serviceName !== service) return false
  if (operation !== '' && span.operationName !== operation) return false
  if (span.startTime < start || span.startTime > end || !lasts(span.duration, query)) return false
  for (const [key, value] of tags) {
    if (!hasTag(span, key, value)) return false
  }
  return true
}

function lasts(duration: number, { minDuration, maxDuration }: Query): boolean {
  return duration >= minDuration && duration <= maxDuration
}

/** In the span's tags, its process's, or its logs'. */
function hasTag({ tags, process, logs }: Span, key: string, value: string): boolean {
  const isIt = (tag: Tag) => tag.key === key && isWritten(tag, value)
  return tags.some(isIt) || process.tags.some(isIt) || logs.some(({ fields }) => fields.some(isIt))
}

function isWritten({ type, value }: Tag, text: string): boolean {
  if (String(value) === text) return true
  if (type === 'binary') return Buffer.from(String(value), 'base64').toString('hex') === text.toLowerCase()
  // 10 digits are what Jaeger compares.
  return typeof value === 'number' && text !== '' && Number(value.toPrecision(10)) === Number(text)
}
