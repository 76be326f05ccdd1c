import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { type App, type Options, startApp } from '../../helpers/app.js'
import { script } from '../../helpers/folder.js'
import { printed } from '../../helpers/waiting.js'
import { Client, type Traffic } from './client.js'
import type { Action, Step, Stream } from './streams/stream.js'

/** Milliseconds. */
const DEADLINE = 20_000
/** Of an app that does not read, nobody knows whether it ever will; bytes may be on their way for a while. */
const MOST_TRIES = 5

/** What clients and an app have seen of a stream. */
export interface Play {
  /** By connection, all that was received, and how it came to its end. */
  readonly received: readonly string[]
  /** What the app's server, requests, responses and sockets have emitted, in order. */
  readonly events: readonly string[]
}

/** Plays streams to an app, one after the other, and goes on when the app has dealt with all that it was sent. */
export class Player {
  private lines: string[] = []
  private clients: Client[] = []
  /** The connections that the app has not begun to close, by the ports of their clients. */
  private open: ReadonlyMap<number, Traffic> = new Map()
  private wake = () => {}

  private constructor(
    readonly app: App,
    private readonly control: Socket,
  ) {
    const lines = createInterface(control).on('line', (line) => {
      this.lines.push(line)
      this.wake()
    })
    // Of a connection that breaks, the lines tell as well.
    for (const emitter of [control, lines]) emitter.on('error', () => {})
    control.on('close', () => this.wake())
  }

  static async start(t: TestContext, path: string, options?: Options): Promise<Player> {
    const app = await startApp(t, script(path), options)
    const [, port] = await printed(app, /^controlled on (\d+)$/m)
    const control = connect(Number(port), '127.0.0.1').setNoDelay()
    t.after(() => control.destroy())
    await once(control, 'connect')
    return new Player(app, control)
  }

  async play(stream: Stream): Promise<Play> {
    const timer = setTimeout(() => this.stop(), DEADLINE)
    this.lines = []
    await this.order('begin', /^begun$/)
    this.clients = []
    while (this.clients.length <= Math.max(0, ...stream.map(connectionOf))) {
      const from = this.lines.length
      this.clients.push(await Client.connect(this.app.port))
      await this.line(/^=server connection$/, from)
    }
    await this.settle()

    for (const step of stream) {
      const client = this.clients[connectionOf(step)]
      if (client !== undefined) await this.perform(typeof step === 'string' ? { send: step } : step, client)
      await this.settle()
    }
    for (const client of this.clients) {
      if (this.open.has(client.port)) await client.leave('end')
      await client.closed
      await this.settle()
    }
    await this.order('end', /^ended$/)
    clearTimeout(timer)
    return {
      received: this.clients.map(String),
      events: this.lines.filter((line) => line.startsWith('=')).map((line) => line.slice(1)),
    }
  }

  private async perform(action: Action, client: Client): Promise<void> {
    if ('hear' in action) return client.heard(action.hear)
    if ('see' in action) return void (await this.line(action.see))
    if ('tell' in action) return void this.control.write(`${action.tell}\n`)
    for (const byte of 'slowly' in action ? action.slowly : '') {
      await this.perform({ send: byte }, client)
      await this.settle()
    }
    // Chance decides what becomes of bytes that meet the end of a connection on their way.
    if (!this.open.has(client.port)) return
    if ('send' in action) client.send(action.send)
    if ('leave' in action) await client.leave(action.leave)
  }

  /** Waits until the app has read all that it was sent and reads, and what it says to that is here. */
  private async settle(): Promise<void> {
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const [, open = ''] = await this.order('settle', /^settled (.*)$/)
      this.open = new Map(JSON.parse(open))
      if (!this.clients.some((client) => client.isAheadOf(this.open.get(client.port)))) break
    }
    for (const client of this.clients) await client.receivedFrom(this.open.get(client.port))
  }

  /** Has the app do something, and waits for its answer. */
  private async order(what: string, answer: RegExp): Promise<RegExpExecArray> {
    const from = this.lines.length
    this.control.write(`${what}\n`)
    return this.line(answer, from)
  }

  private async line(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    for (let at = from; ; at++) {
      while (at === this.lines.length) await this.nextLine()
      const found = pattern.exec(this.lines[at] ?? '')
      if (found !== null) return found
    }
  }

  private async nextLine(): Promise<void> {
    if (this.control.destroyed) throw new Error(`the app does not go on: ${this.lines.join('\n')}\n${this.app.stderr}`)
    await new Promise<void>((resolve) => {
      this.wake = resolve
    })
  }

  private stop(): void {
    for (const client of this.clients) void client.leave('destroy')
    this.control.destroy()
  }
}

function connectionOf(step: Step): number {
  return typeof step === 'string' ? 0 : (step.on ?? 0)
}
