import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** In characters: what is sent at once. */
const LONG_PART = 64 * 1_024

/** What a question is answered with, in the envelope of Jaeger's query API. */
export interface Reply {
  readonly status?: number
  /** Given one by one, so that no answer has to fit into memory. */
  readonly data: Iterable<unknown>
  readonly total?: number
  readonly errors?: readonly { readonly code?: number; readonly msg: string; readonly traceID?: string }[]
  /** Beside what Jaeger has. */
  readonly more?: Readonly<Record<string, unknown>>
}

/** An answer that says how much it is. */
export function all(data: readonly unknown[]): Reply {
  return { data, total: data.length }
}

export function failed(status: number, msg: string): Reply {
  return { status, data: [], errors: [{ code: status, msg }] }
}

export async function send(res: ServerResponse, reply: Reply): Promise<void> {
  res.writeHead(reply.status ?? 200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  // That the reader goes away in the middle is its own affair.
  await pipeline(Readable.from(parts(reply)), res).catch(() => {})
}

function* parts({ data, total = 0, errors, more }: Reply): Generator<string> {
  let text = '{"data":['
  let before = ''
  for (const item of data) {
    text += before + JSON.stringify(item)
    before = ','
    if (text.length < LONG_PART) continue
    yield text
    text = ''
  }
  const rest = JSON.stringify({ total, limit: 0, offset: 0, errors: errors ?? null, ...more })
  yield `${text}],${rest.slice(1)}`
}
