import type { Span } from '../model/span.js'

/** The HTTP status of a span, where it has one. */
export function StatusCode({ span: { status, hasError } }: { span: Span }) {
  if (status === undefined) return null
  const kind = hasError ? 'bad' : status >= 400 ? 'odd' : ''
  return <span class={`status ${kind}`}>{status}</span>
}
