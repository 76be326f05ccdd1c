import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import http from 'node:http'
import { join } from 'node:path'
import { App, root } from '../helpers/app.js'
import { Collector } from '../helpers/collector.js'
import { printed } from '../helpers/waiting.js'

export const bundle = join(root, 'dist', 'viewer.js')
const DEADLINE = 30_000
const FREE_PORTS = ['--port=0', '--udp-port=0', '--http-port=0', '--otlp-port=0']

export interface Options {
  readonly args?: readonly string[]
  /** What goes before the viewer on Node's command line. */
  readonly node?: readonly string[]
  /** A copy of the bundle, elsewhere. */
  readonly program?: string
}

/** A test, or who else says when it is over. */
export interface Owner {
  after(end: () => void): void
}

/** Starts a viewer on free ports, for as long as its owner is there. */
export async function startViewer(t: Owner, options: Options = {}): Promise<Viewer> {
  const viewer = runViewer(t, [...FREE_PORTS, ...(options.args ?? [])], options)
  await printed(viewer.app, /^OpenTelemetry, HTTP .*\n/m)
  return viewer
}

/** Runs a viewer with these arguments alone. */
export function runViewer(t: Owner, args: readonly string[], options: Options = {}): Viewer {
  const script = `require(${JSON.stringify(options.program ?? bundle)}).view(process.argv.slice(1))`
  const child = spawn(process.execPath, [...(options.node ?? []), '-e', script, '--', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  return new Viewer(new App(child, new Collector(0)))
}

/** A running viewer, as its user, its page and its senders see it. */
export class Viewer {
  constructor(readonly app: App) {}

  get page(): URL {
    return new URL(this.address('page and API'))
  }

  get udpPort(): number {
    return Number(/\d+$/.exec(this.address('Jaeger, UDP'))?.[0])
  }

  get compactPort(): number {
    return Number(/\d+$/.exec(this.address('Jaeger, UDP, compact'))?.[0])
  }

  get endpoint(): string {
    return this.address('Jaeger, HTTP')
  }

  get otlpEndpoint(): string {
    return this.address('OpenTelemetry, HTTP')
  }

  /** A line of what it printed: a name, some blanks, an address. */
  private address(name: string): string {
    const line = this.app.stdout.split('\n').find((each) => new RegExp(`^${name} {2,}`).test(each))
    assert.ok(line, `no address of ${name}: ${this.app.stdout}${this.app.stderr}`)
    return line.slice(name.length).trim()
  }

  /** The whole answer of the API. */
  async ask(path: string): Promise<{ status: number; body: Envelope }> {
    const response = await fetch(new URL(path, this.page))
    const body: Envelope = Object(await response.json())
    return { status: response.status, body }
  }

  async data<Item = unknown>(path: string): Promise<Item[]> {
    const { status, body } = await this.ask(path)
    assert.equal(status, 200, JSON.stringify(body))
    const data: Item[] = Object(body.data)
    return data
  }

  async counts(): Promise<Counts> {
    const response = await fetch(new URL('/api/counts', this.page))
    return Object(await response.json())
  }

  /** Sends packets to one of its UDP ports. */
  async send(packets: readonly Buffer[], port = this.udpPort): Promise<void> {
    const socket = createSocket('udp4')
    for (const packet of packets) await new Promise((sent) => socket.send(packet, port, '127.0.0.1', sent))
    socket.close()
  }

  /** Waits until the counts that it tells live are as they are waited for. */
  async until(isIt: (counts: Counts) => boolean): Promise<Counts> {
    const events = await LiveEvents.open(this.page)
    const { data } = await events.next(({ name, data }) => name === 'counts' && isIt(Object(data)))
    events.close()
    return Object(data)
  }
}

/** The server-sent events of a viewer. */
export class LiveEvents {
  private readonly arrived: LiveEvent[] = []
  private rest = ''

  private constructor(private readonly response: http.IncomingMessage) {
    response.setEncoding('utf8').on('data', (text: string) => {
      const blocks = (this.rest + text).split('\n\n')
      this.rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const { name, data } = /^event: (?<name>.*)\ndata: (?<data>.*)$/.exec(block)?.groups ?? {}
        if (name !== undefined && data !== undefined) this.arrived.push({ name, data: JSON.parse(data) })
      }
    })
  }

  static async open(page: URL): Promise<LiveEvents> {
    const request = http.get(new URL('/api/live', page), { agent: false })
    const [response]: http.IncomingMessage[] = await once(request, 'response')
    assert.ok(response)
    return new LiveEvents(response)
  }

  /** The next event that is waited for; those before it are gone. */
  async next(isIt: (event: LiveEvent) => boolean): Promise<LiveEvent> {
    const signal = AbortSignal.timeout(DEADLINE)
    for (;;) {
      for (let event = this.arrived.shift(); event !== undefined; event = this.arrived.shift()) {
        if (isIt(event)) return event
      }
      await once(this.response, 'data', { signal })
    }
  }

  close(): void {
    this.response.destroy()
  }
}

export interface LiveEvent {
  readonly name: string
  readonly data: unknown
}

export interface Envelope {
  readonly data: unknown[]
  readonly total: number
  readonly limit: number
  readonly offset: number
  readonly errors: readonly { readonly code?: number; readonly msg: string; readonly traceID?: string }[] | null
}

export type Counts = Record<
  | 'traces'
  | 'spans'
  | 'bytes'
  | 'received'
  | 'duplicates'
  | 'evicted'
  | 'dropped'
  | 'malformed'
  | 'oversized'
  | 'refused'
  | 'disconnected',
  number
>
