import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { App, register, root } from '../helpers/app.js'
import { Collector } from '../helpers/collector.js'
import { type JaegerSpan, RealJaeger } from './real-jaeger.js'

const fixtures = join(root, 'test', 'e2e')
const relay = join(fixtures, 'relay.js')

/** A service that somebody else has instrumented: it answers `/end`, and `/fetch` with what another service answers. */
export interface Peer {
  readonly name: string
  /** Program and arguments, run in a folder of `test/e2e`. */
  readonly command: readonly [string, ...string[]]
  readonly folder: string
  /** What tells it where its spans go. */
  readonly environment: (jaeger: RealJaeger) => Record<string, string>
  /** Its spans of a request that it passes on. */
  readonly spans: readonly string[]
  /** What the agent has to be told to understand it. */
  readonly options?: Record<string, string>
}

/** A service, `theirs` for the peer and `ours` for an app with the agent, and what it is asked to do. */
type Hop = readonly [service: 'theirs' | 'ours', action: 'fetch' | 'http' | 'end']

/** One trace goes through the peer and an app with the agent, on either side of each other. */
export function testFleet(peer: Peer): void {
  const { name, spans } = peer

  for (const way of ['fetch', 'http'] as const) {
    test(`${name} calls an app, which calls ${name} by ${way}: one trace`, async (t) => {
      const fleet = await Fleet.start(t, peer)

      await fleet.call([
        ['theirs', 'fetch'],
        ['ours', way],
        ['theirs', 'end'],
      ])

      const chain = [...spans, 'ours server', 'ours client', 'theirs server']
      assert.deepEqual(await fleet.chain(chain.length), chain)
    })
  }

  test(`an app calls ${name}, which calls an app: one trace`, async (t) => {
    const fleet = await Fleet.start(t, peer)

    await fleet.call([
      ['ours', 'fetch'],
      ['theirs', 'fetch'],
      ['ours', 'end'],
    ])

    const chain = ['ours server', 'ours client', ...spans, 'ours server']
    assert.deepEqual(await fleet.chain(chain.length), chain)
  })
}

/** Services that call each other, and report to one Jaeger. */
export class Fleet {
  private constructor(
    private readonly t: TestContext,
    private readonly peer: Peer,
    private readonly jaeger: RealJaeger,
  ) {}

  static async start(t: TestContext, peer: Peer): Promise<Fleet> {
    const jaeger = await RealJaeger.start(process.env.JAEGER ?? 'jaeger-all-in-one')
    t.after(() => jaeger.stop())
    return new Fleet(t, peer, jaeger)
  }

  /**
   * Calls the first hop, which calls the second, and so on; returns what the last one answers. Each is a process of its
   * own: Flask-OpenTracing takes requests that it serves at the same time for one another.
   */
  async call(hops: readonly Hop[], headers: Record<string, string> = {}): Promise<string> {
    const urls = await Promise.all(
      hops.map(async ([service, action]) => {
        const { port } = await (service === 'ours' ? this.startOurs() : this.startTheirs())
        return `http://127.0.0.1:${port}/${action}`
      }),
    )
    const url = urls.reduceRight((then, each) => `${each}?then=${encodeURIComponent(then)}`)
    const response = await fetch(url, { headers })
    const text = await response.text()
    assert.equal(response.status, 200, text)
    return text
  }

  /** The spans of requests and calls in Jaeger, of which there have to be `count`: the longest line of descent. */
  async chain(count: number): Promise<string[]> {
    const spans = await this.jaeger.spans('ours', count, isOfRequest)
    assert.equal(spans.filter(isOfRequest).length, count)
    const lines = spans.map((span) => lineTo(span, spans).filter(isOfRequest))
    const [longest = []] = lines.sort((one, other) => other.length - one.length)
    return longest.map((span) => `${span.service} ${kindOf(span)}`)
  }

  private startOurs(): Promise<App> {
    const { endpoint } = this.jaeger
    const environment = { TRACE_SERVICE_NAME: 'ours', JAEGER_ENDPOINT: endpoint, ...this.peer.options }
    return this.run([process.execPath, '-r', register, relay], fixtures, environment)
  }

  private startTheirs(): Promise<App> {
    const { command, folder, environment } = this.peer
    return this.run(command, join(fixtures, folder), environment(this.jaeger))
  }

  private async run([program, ...args]: Peer['command'], cwd: string, env: Record<string, string>): Promise<App> {
    const app = new App(spawn(program, args, { cwd, env: { ...process.env, ...env } }), new Collector(0))
    this.t.after(() => app.stop('SIGKILL'))
    await app.listening()
    return app
  }
}

function lineTo(span: JaegerSpan, spans: readonly JaegerSpan[]): JaegerSpan[] {
  const parent = spans.find(({ traceID, spanID }) =>
    span.references.some((reference) => reference.traceID === traceID && reference.spanID === spanID),
  )
  return parent === undefined ? [span] : [...lineTo(parent, spans), span]
}

/** OpenTelemetry has spans of middleware as well. */
function isOfRequest(span: JaegerSpan): boolean {
  return ['server', 'client'].includes(kindOf(span))
}

function kindOf({ tags }: JaegerSpan): string {
  return String(tags.find(({ key }) => key === 'span.kind')?.value)
}
