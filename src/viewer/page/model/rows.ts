import type { Span } from './span.js'

/** The spans that are to be seen when those below the closed ones are not. */
export function visibleRows(spans: readonly Span[], closed: ReadonlySet<string>): Span[] {
  if (closed.size === 0) return [...spans]
  const rows: Span[] = []
  let hidden = 0
  for (const span of spans) {
    if (hidden > 0) {
      hidden--
      continue
    }
    rows.push(span)
    if (closed.has(span.key)) hidden = span.descendants
  }
  return rows
}

/** The closed spans, without those above this one: so that it can be seen. */
export function openedFor(span: Span, closed: ReadonlySet<string>): ReadonlySet<string> {
  const open = new Set(closed)
  for (let above = span.parent; above !== undefined; above = above.parent) open.delete(above.key)
  return open.size === closed.size ? closed : open
}

/** The spans that hold the text in their operation, service, tags, logs or id. Case does not matter. */
export function matchingSpans(spans: readonly Span[], text: string): ReadonlySet<Span> {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return new Set()
  return new Set(spans.filter((span) => textsOf(span).some((part) => part.toLowerCase().includes(wanted))))
}

function textsOf({ id, operation, service, tags, logs }: Span): string[] {
  const fields = [...tags, ...logs.flatMap((log) => log.fields)]
  return [id, operation, service, ...fields.map(({ key, value }) => `${key}=${value}`)]
}
