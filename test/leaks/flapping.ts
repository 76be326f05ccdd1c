import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import http from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { decodeBatch, decodeDatagram } from '../helpers/decode.js'

/** Below the ports that systems give to clients, so that it is still free when the collector comes back. */
const FIRST_PORT = 20_000
const PORTS = 10_000

/** A Jaeger, for a long time, that comes and goes. */
export interface Flapping {
  readonly port: number
  /** Spans that it has received. */
  readonly delivered: number
  /** How often it was in each of its states. */
  readonly seen: ReadonlyMap<string, number>
  /** Goes over into a state drawn by lot. */
  change(): Promise<void>
  /** Is there, and stays. */
  recover(): Promise<void>
  close(): Promise<void>
}

abstract class FlappingCollector<State extends string> implements Flapping {
  port = 0
  delivered = 0
  readonly seen = new Map<State, number>()
  protected state: State

  constructor(
    private readonly healthy: State,
    private readonly states: readonly State[],
  ) {
    this.state = healthy
  }

  async start(): Promise<this> {
    await this.enter(this.healthy)
    return this
  }

  /** Every other state is the healthy one. */
  async change(): Promise<void> {
    const { healthy, states } = this
    const index = Math.floor(Math.random() * states.length)
    await this.enter(this.state === healthy ? (states[index] ?? healthy) : healthy)
  }

  async recover(): Promise<void> {
    if (this.state !== this.healthy) await this.enter(this.healthy)
  }

  protected async enter(state: State): Promise<void> {
    await this.close()
    this.state = state
    this.seen.set(state, (this.seen.get(state) ?? 0) + 1)
    if (state === 'gone') return
    // Somebody else may hold the port for a moment.
    while (!(await this.listen(this.port || FIRST_PORT + Math.floor(Math.random() * PORTS)))) await wait(100)
  }

  abstract close(): Promise<void>

  /** Answers whether the port was free. */
  protected abstract listen(port: number): Promise<boolean>
}

/** One that UDP reaches, or does not. */
export class FlappingAgent extends FlappingCollector<'up' | 'gone'> {
  private socket: Socket | undefined

  constructor() {
    super('up', ['gone'])
  }

  async close(): Promise<void> {
    const { socket } = this
    this.socket = undefined
    if (socket !== undefined) await new Promise<void>((closed) => socket.close(closed))
  }

  protected async listen(port: number): Promise<boolean> {
    const socket = createSocket('udp4')
    try {
      socket.bind(port, '127.0.0.1')
      await once(socket, 'listening')
    } catch {
      return false
    }
    socket.on('message', (datagram) => {
      this.delivered += decodeDatagram(datagram).length
    })
    this.socket = socket
    this.port = port
    return true
  }
}

/** One that takes requests, is away, never answers, refuses, breaks connections off, or is slow. */
export class FlappingHttp extends FlappingCollector<'up' | 'gone' | 'hangs' | 'refuses' | 'breaks off' | 'slow'> {
  private server: http.Server | undefined

  constructor() {
    super('up', ['gone', 'hangs', 'refuses', 'breaks off', 'slow'])
  }

  async close(): Promise<void> {
    const { server } = this
    this.server = undefined
    if (server === undefined) return
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }

  protected async listen(port: number): Promise<boolean> {
    const server = http.createServer((req, res) => this.serve(req, res))
    try {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    } catch {
      return false
    }
    this.server = server
    this.port = port
    return true
  }

  private async serve(req: http.IncomingMessage, res: http.ServerResponse): Promise<void> {
    const { state } = this
    if (state === 'hangs') return
    if (state === 'breaks off') {
      res.socket?.destroy()
      return
    }
    const chunks: Buffer[] = []
    try {
      for await (const chunk of req) chunks.push(chunk)
    } catch {
      return
    }
    if (state === 'refuses') {
      res.writeHead(503).end()
      return
    }
    if (state === 'slow') await wait(1_000)
    this.delivered += decodeBatch(Buffer.concat(chunks)).length
    res.writeHead(202).end()
  }
}
