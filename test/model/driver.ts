import { once } from 'node:events'
import http from 'node:http'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { type App, root, startApp } from '../helpers/app.js'
import type { ReceivedSpan } from '../helpers/decode.js'
import { script } from '../helpers/folder.js'
import { Client } from './client.js'
import { Collector } from './collector.js'
import type { Program } from './program.js'
import { keyOf, keyOfSpan, type Message, type Run, Running } from './run.js'

/** Longer than any program takes, in milliseconds. */
const DEADLINE = 30_000

/** Runs programs, several at a time, in one app. */
export class Driver {
  /** Spans of runs that were at their end: nobody ended them in time. */
  readonly late: ReceivedSpan[] = []
  private readonly running = new Map<number, Running>()
  private count = 0

  private constructor(
    private readonly app: App,
    private readonly control: Socket,
    private readonly collector: Collector,
  ) {
    collector.deliver = (span) => this.receive(span)
    // What breaks the connection ends the app, too; the interface hands the error on.
    control.on('error', () => {})
    createInterface({ input: control })
      .on('line', (line) => this.hear(JSON.parse(line)))
      .on('error', () => {})
    app.child.on('exit', () => {
      for (const run of this.running.values()) run.fail('the app ended')
    })
  }

  static async start(t: TestContext): Promise<Driver> {
    const collector = await Collector.start(t)
    const env = {
      JAEGER_ENDPOINT: `http://127.0.0.1:${collector.port}/api/traces`,
      TRACE_TAGS: 'key=headers.x-key',
      NODE_ENV: 'test',
    }
    const app = await startApp(t, script(root, 'test', 'model', 'app', 'index.js'), { env })
    const control = connect(app.port, '127.0.0.1')
    t.after(() => control.destroy())
    await once(control, 'connect')
    return new Driver(app, control, collector)
  }

  /** Runs a program to its end, until all its spans are there. */
  async run(program: Program): Promise<Run> {
    const run = new Running(++this.count)
    this.running.set(run.id, run)
    const timer = setTimeout(() => run.fail('the program hangs'), DEADLINE)
    try {
      return await Promise.race([this.play(program, run), run.failure])
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}. ${this.app.stderr.slice(-2_000)}`)
    } finally {
      clearTimeout(timer)
      this.running.delete(run.id)
    }
  }

  private async play(program: Program, run: Running): Promise<Run> {
    const { id } = run
    const { port = 0 } = await this.ask(run, { run: id, program, echo: this.collector.port })
    run.clients = await Promise.all(
      program.connections.map((connection, index) => {
        const keys = connection.requests.map((_, at) => keyOf(id, index, at))
        return Client.open(connection, port, keys, run.stuck)
      }),
    )
    const seen = await Promise.all(run.clients.map((client) => client.play()))
    const { last = 0, accounts = [] } = await this.ask(run, { run: id })
    // Where it fails, the app has ended.
    http
      .get({ host: '127.0.0.1', port: last, agent: false, headers: { 'x-key': run.lastKey } }, (res) => res.resume())
      .on('error', () => {})
    await run.allArrived
    const calls = this.collector.takeCalls(id)
    return {
      id,
      program,
      seen,
      accounts: new Map(accounts.map((account) => [account.key, account])),
      spans: run.spans,
      calls,
    }
  }

  private async ask(run: Running, message: object): Promise<Message> {
    this.control.write(`${JSON.stringify(message)}\n`)
    return new Promise((resolve) => {
      run.answer = resolve
    })
  }

  private hear(message: Message): void {
    const run = this.running.get(message.run)
    if (message.stuck === undefined) run?.answer(message)
    else run?.giveUp(message.stuck)
  }

  private receive(span: ReceivedSpan): void {
    const key = keyOfSpan(span)
    const run = this.running.get(Number.parseInt(key, 10))
    if (run === undefined) this.late.push(span)
    else run.receive(span, key)
  }
}
