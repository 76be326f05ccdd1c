import { createSocket } from 'node:dgram'
import { EventEmitter, once } from 'node:events'
import http, { type RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { decodeBatch, decodeDatagram } from '../helpers/decode.js'
import { freePort } from '../helpers/ports.js'

/** Longer than any span takes, shorter than a test runner's patience. */
const DEADLINE = 20_000

/** Whoever takes the spans of an app, and may be in trouble. */
export interface Collector {
  readonly inbox: Inbox
  /** What tells the app where it is, where its host has another name for example. */
  env(host?: string): Record<string, string>
  /** Is as it should be from now on. */
  recover(): Promise<void>
}

/** Counts what arrives at a collector. */
export class Inbox {
  /** Spans that it has accepted. */
  arrived = 0
  /** Messages that were sent to it, whatever became of them. */
  messages = 0
  private readonly arrivals = new EventEmitter()

  add(spans: number): void {
    this.arrived += spans
    this.arrivals.emit('spans')
  }

  /** Waits for more spans. */
  async more(): Promise<void> {
    await once(this.arrivals, 'spans', { signal: AbortSignal.timeout(DEADLINE) })
  }

  /** Waits until so many spans have arrived. */
  async reach(count: number): Promise<void> {
    while (this.arrived < count) {
      await this.more().catch(() => {
        throw new Error(`${this.arrived} of ${count} spans arrived`)
      })
    }
  }
}

export const accept: RequestListener = (_req, res) => res.writeHead(202).end()

/** A Jaeger collector over HTTP, which treats requests as `behave` does until it recovers; without it, it is not there. */
export async function startCollector(t: TestContext, behave?: RequestListener): Promise<Collector> {
  const inbox = new Inbox()
  const sockets = new Set<Socket>()
  let behaviour = behave
  const server = http.createServer(async (req, res) => {
    inbox.messages++
    const answer = behaviour
    const body = await buffer(req).catch(() => undefined)
    if (body === undefined) return
    res.on('finish', () => {
      if (res.statusCode < 300) inbox.add(decodeBatch(body).length)
    })
    answer?.(req, res)
  })
  server.on('connection', (socket) => {
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)))
  })
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const port = await freePort()
  if (behave !== undefined) await listen()
  return {
    inbox,
    env: (host = '127.0.0.1') => ({ JAEGER_ENDPOINT: `http://${host}:${port}/api/traces` }),
    /** As if it was started again. */
    async recover() {
      if (behaviour === accept) return
      behaviour = accept
      for (const socket of sockets) socket.resetAndDestroy()
      if (!server.listening) await listen()
    },
  }

  async function listen(): Promise<void> {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
}

/** A Jaeger agent over UDP, which may not be there until it recovers. */
export async function startAgent(t: TestContext, isThere = true): Promise<Collector> {
  const inbox = new Inbox()
  const socket = createSocket('udp4', (datagram) => {
    inbox.messages++
    inbox.add(decodeDatagram(datagram).length)
  })
  const port = await freePort()
  let isOpen = false
  t.after(() => socket.close())
  if (isThere) await recover()
  return {
    inbox,
    env: (host = '127.0.0.1') => ({ JAEGER_AGENT_HOST: host, JAEGER_AGENT_PORT: String(port) }),
    recover,
  }

  async function recover(): Promise<void> {
    if (isOpen) return
    isOpen = true
    socket.bind(port, '127.0.0.1')
    await once(socket, 'listening')
  }
}
