import type { Store } from './store/store.js'

/** What happened since the viewer started, for the foot of the page and `/api/counts`. */
export class Counts {
  /** Spans that were taken in. */
  received = 0
  /** Spans that were there already. */
  duplicates = 0
  /** Traces that made room for newer ones. */
  evicted = 0
  /** Spans that are not kept: their trace is too long, or they have no id. */
  dropped = 0
  /** Packets and bodies that could not be read. */
  malformed = 0
  /** Bodies that were too long, or too many at once. */
  oversized = 0
  /** Requests from a foreign page, or for another host. */
  refused = 0
  /** Connections that were too many, or too slow. */
  disconnected = 0
}

/** With what is held now. */
export function totals({ traces, spans, size: bytes }: Store, counts: Counts): object {
  return { traces, spans, bytes, ...counts }
}
