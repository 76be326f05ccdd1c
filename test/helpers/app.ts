import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Collector, startCollector } from './collector.js'
import type { ReceivedSpan } from './decode.js'

export const root = join(__dirname, '..', '..', '..')
export const register = join(root, 'register.js')
const apps = join(root, 'test', 'apps')

/** A preload of `test/apps/worlds`, which puts something in the place of a part of the world. */
export function world(name: string): string {
  return join(apps, 'worlds', `${name}.js`)
}

export interface Options {
  /** Environment variables, in addition to the collector's address. */
  readonly env?: Record<string, string>
  /** What goes before the script; the agent's preload if left out. */
  readonly node?: readonly string[]
  readonly args?: readonly string[]
  /** The working directory; the project's root if left out. */
  readonly cwd?: string
}

export interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts a script of `test/apps` with the agent, and waits until it says on which port it listens. */
export async function startApp(t: TestContext, script: string, options: Options = {}): Promise<App> {
  const collector = await startCollector(t)
  const app = new App(run(join(apps, script), collector, options), collector)
  t.after(() => app.child.kill('SIGKILL'))
  await app.listening()
  return app
}

/** Runs a script of `test/apps`, or what `args` say, with the agent to its end. */
export async function runScript(
  t: TestContext,
  script: string,
  options: Options = {},
): Promise<Ended & { collector: Collector }> {
  const collector = await startCollector(t)
  const app = new App(run(script === '' ? '' : join(apps, script), collector, options), collector)
  t.after(() => app.child.kill('SIGKILL'))
  return { ...(await app.ended()), collector }
}

function run(script: string, collector: Collector, options: Options): ChildProcess {
  const { env, node = ['-r', register], args = [], cwd = root } = options
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TRACE_|JAEGER_|OTEL_|NODE_)/.test(name)),
  )
  const address = { JAEGER_AGENT_HOST: '127.0.0.1', JAEGER_AGENT_PORT: String(collector.port) }
  return spawn(process.execPath, [...node, ...(script === '' ? [] : [script]), ...args], {
    cwd,
    env: { ...inherited, ...address, JAEGER_REPORTER_FLUSH_INTERVAL: '10', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** A running app, as its users and its operators see it. */
export class App {
  stdout = ''
  stderr = ''
  port = 0
  private readonly exit: Promise<unknown[]>

  constructor(
    readonly child: ChildProcess,
    readonly collector: Collector,
  ) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    this.exit = once(child, 'close')
  }

  /** Apps print `listening on <port>` when they are ready. */
  async listening(): Promise<void> {
    const { stdout } = this.child
    while (this.port === 0) {
      if (stdout === null || stdout.readableEnded) throw new Error(`the app ended before it listened: ${this.stderr}`)
      await Promise.race([once(stdout, 'data'), once(stdout, 'end')])
      this.port = Number(/^listening on (\d+)$/m.exec(this.stdout)?.[1] ?? 0)
    }
  }

  get(path: string, headers: http.OutgoingHttpHeaders = {}): Promise<Answer> {
    return this.send('GET', path, headers)
  }

  async send(method: string, path: string, headers: http.OutgoingHttpHeaders = {}, body = ''): Promise<Answer> {
    const req = http.request({ host: '127.0.0.1', port: this.port, method, path, headers, agent: false })
    req.end(body)
    const [res]: http.IncomingMessage[] = await once(req, 'response')
    if (res === undefined) throw new Error('no response')
    let text = ''
    for await (const chunk of res.setEncoding('utf8')) text += chunk
    return { status: res.statusCode ?? 0, headers: res.headers, body: text }
  }

  /** The first span that arrives. */
  async span(match?: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan> {
    const [span] = await this.collector.take(1, match)
    if (span === undefined) throw new Error('no span')
    return span
  }

  /** The first `count` spans, in the order of their start. */
  async spans(count: number, match?: (span: ReceivedSpan) => boolean): Promise<ReceivedSpan[]> {
    const spans = await this.collector.take(count, match)
    return spans.sort((one, other) => one.startTime - other.startTime)
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal)
    return this.ended()
  }

  async ended(): Promise<Ended> {
    await this.exit
    const { exitCode: code, signalCode: signal } = this.child
    return { code, signal, stdout: this.stdout, stderr: this.stderr }
  }
}
