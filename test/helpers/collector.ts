import { createSocket } from 'node:dgram'
import { EventEmitter, once } from 'node:events'
import type { TestContext } from 'node:test'
import { decodeDatagram, type ReceivedSpan } from './decode.js'

/** Longer than any span takes to arrive, shorter than a test runner's patience. */
const DEADLINE = 20_000

/** A Jaeger agent that keeps what it is sent over UDP. */
export class Collector {
  readonly spans: ReceivedSpan[] = []
  private readonly arrivals = new EventEmitter()

  constructor(readonly port: number) {}

  receive(spans: readonly ReceivedSpan[]): void {
    this.spans.push(...spans)
    this.arrivals.emit('spans')
  }

  /** The first `count` spans that `match`, as soon as they have arrived; fails when they do not. */
  async take(count: number, match: (span: ReceivedSpan) => boolean = () => true): Promise<ReceivedSpan[]> {
    const signal = AbortSignal.timeout(DEADLINE)
    for (;;) {
      const found = this.spans.filter(match)
      if (found.length >= count) return found.slice(0, count)
      await once(this.arrivals, 'spans', { signal }).catch(() => {
        const names = this.spans.map(({ operationName }) => operationName).join(', ')
        throw new Error(`${found.length} of ${count} spans arrived; in all: ${names || 'none'}`)
      })
    }
  }
}

/** Starts a collector on a free port of the loopback interface, for as long as the test runs. */
export async function startCollector(t: TestContext): Promise<Collector> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const collector = new Collector(socket.address().port)
  socket.on('message', (datagram) => collector.receive(decodeDatagram(datagram)))
  t.after(() => socket.close())
  return collector
}
