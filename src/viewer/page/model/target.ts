import { type Span, tagValue } from './span.js'

/** Whom a span's client called, as its tags say: its operation often is no more than `GET`. */
export function targetOf({ kind, tags }: Span): string {
  if (kind !== 'client' && kind !== 'producer') return ''
  const url = tagValue(tags, 'http.url') ?? tagValue(tags, 'url.full')
  if (typeof url === 'string') return url.replace(/^https?:\/\//u, '').replace(/\?.*$/su, '')
  return String(tagValue(tags, 'peer.service') ?? tagValue(tags, 'peer.hostname') ?? '')
}
