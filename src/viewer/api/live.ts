import type { ServerResponse } from 'node:http'
import { type Counts, totals } from '../counts.js'
import type { Store, Watcher } from '../store/store.js'
import type { Trace } from '../store/trace.js'

/** Milliseconds. */
const PACE = 200
const REST = 4
const HEARTBEAT = 15_000
const MOST_READERS = 64
/** Changes of so many traces are told at once; a page that missed more asks anew. */
const MOST_TOLD = 200
/** Bytes that wait for a reader before it is given up. */
const MOST_WAITING = 1_024 * 1_024

/**
 * Tells whoever listens what changes, as server-sent events: `traces` and `counts`, at most five times a second, and
 * `cleared`. https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class Live implements Watcher {
  private readonly readers = new Set<ServerResponse>()
  private readonly news = new Set<Trace>()
  private missed = 0
  private told = ''
  private pace: NodeJS.Timeout | undefined
  private heartbeat: NodeJS.Timeout | undefined

  constructor(
    private readonly store: Store,
    private readonly counts: Counts,
  ) {
    store.watch(this)
  }

  /** Begins to tell; `false` where there are too many who listen. */
  add(res: ServerResponse): boolean {
    if (this.readers.size >= MOST_READERS) return false
    this.readers.add(res)
    res.on('close', () => this.remove(res))
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    res.write(`retry: 1000\n\n${event('counts', JSON.stringify(totals(this.store, this.counts)))}`)
    this.pace ??= setTimeout(() => this.tell(), PACE)
    this.heartbeat ??= setInterval(() => this.write(': heartbeat\n\n'), HEARTBEAT)
    return true
  }

  changed(trace: Trace): void {
    if (this.readers.size === 0 || this.news.has(trace)) return
    if (this.news.size < MOST_TOLD) this.news.add(trace)
    else this.missed++
  }

  cleared(): void {
    this.forgetNews()
    this.write(event('cleared', '{}'))
  }

  /** Time and again; never for more than a fifth of the time, however long the traces are. */
  private tell(): void {
    const started = performance.now()
    this.tellNews()
    const took = performance.now() - started
    this.pace = setTimeout(() => this.tell(), Math.max(PACE, REST * took))
  }

  private tellNews(): void {
    if (this.news.size > 0) {
      const kept = [...this.news].filter((trace) => this.store.trace(trace.id) === trace)
      const data = kept.map(({ summary }) => summary)
      this.write(event('traces', JSON.stringify({ data, missed: this.missed })))
      this.forgetNews()
    }
    const counts = JSON.stringify(totals(this.store, this.counts))
    if (counts === this.told) return
    this.told = counts
    this.write(event('counts', counts))
  }

  private write(text: string): void {
    for (const res of this.readers) {
      if (res.writableLength > MOST_WAITING) {
        this.counts.disconnected++
        res.destroy()
      } else res.write(text)
    }
  }

  private remove(res: ServerResponse): void {
    this.readers.delete(res)
    if (this.readers.size > 0) return
    clearTimeout(this.pace)
    clearInterval(this.heartbeat)
    this.pace = undefined
    this.heartbeat = undefined
    this.forgetNews()
  }

  private forgetNews(): void {
    this.news.clear()
    this.missed = 0
  }
}

function event(name: string, data: string): string {
  return `event: ${name}\ndata: ${data}\n\n`
}
