import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import type { App } from './app.js'
import type { ReceivedSpan } from './decode.js'

const DEADLINE = 20_000
const LAST = '/last-request-of-the-test'

/** Waits until the app, or on stderr the agent, has printed what matches. */
export async function printed(
  app: App,
  pattern: RegExp,
  where: 'stdout' | 'stderr' = 'stdout',
): Promise<RegExpExecArray> {
  const signal = AbortSignal.timeout(DEADLINE)
  for (;;) {
    const found = pattern.exec(app[where])
    if (found !== null) return found
    const stream = app.child[where]
    if (stream === null || stream.readableEnded) throw new Error(`ended before ${pattern}: ${app.stdout}${app.stderr}`)
    await heardFrom(stream, signal)
  }
}

/** Waits until a stream says more, or ends; leaves no listener on it. */
async function heardFrom(stream: Readable, deadline: AbortSignal): Promise<void> {
  const over = new AbortController()
  const { signal } = over
  deadline.addEventListener('abort', () => over.abort(), { signal })
  try {
    await Promise.race([once(stream, 'data', { signal }), once(stream, 'end', { signal })])
  } finally {
    over.abort()
  }
}

/** All spans of the app in the order of their start, which have to be `count`: what comes late is waited for. */
export async function allSpans(app: App, count: number): Promise<ReceivedSpan[]> {
  if (count > 0) await app.spans(count)
  const isLast = ({ tags }: ReceivedSpan) => String(tags['http.url']).endsWith(LAST)
  // Spans travel in the order in which they end: once that of a last request is there, all are.
  await app.get(LAST)
  await app.span(isLast)

  const spans = app.collector.spans.filter((span) => !isLast(span))
  assert.equal(spans.length, count, `spans: ${spans.map(({ tags }) => tags['http.url']).join(', ')}`)
  return spans.sort((one, other) => one.startTime - other.startTime)
}
