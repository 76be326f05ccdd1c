import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** A Jaeger of one process, in memory, on free ports of the loopback interface. */
export class RealJaeger {
  private constructor(
    private readonly process: ChildProcess,
    private readonly query: string,
    readonly udpPort: number,
    readonly endpoint: string,
  ) {}

  static async start(program: string): Promise<RealJaeger> {
    const [query, collector, admin, agent, ...others] = await Promise.all(Array.from({ length: 10 }, freePort))
    const [binary, compact, zipkin] = await Promise.all([freeUdpPort(), freeUdpPort(), freeUdpPort()])
    const flags = {
      'query.http-server.host-port': query,
      'collector.http-server.host-port': collector,
      'admin.http.host-port': admin,
      'http-server.host-port': agent,
      'query.grpc-server.host-port': others[0],
      'collector.grpc-server.host-port': others[1],
      'collector.otlp.http.host-port': others[2],
      'collector.otlp.grpc.host-port': others[3],
      'collector.zipkin.host-port': others[4],
      'processor.jaeger-binary.server-host-port': binary,
      'processor.jaeger-compact.server-host-port': compact,
      'processor.zipkin-compact.server-host-port': zipkin,
    }
    const args = Object.entries(flags).map(([flag, port]) => `--${flag}=127.0.0.1:${port}`)
    const jaeger = spawn(program, ['--log-level=error', ...args], {
      env: { ...process.env, SPAN_STORAGE_TYPE: 'memory' },
      stdio: 'ignore',
    })
    const started = new RealJaeger(
      jaeger,
      `http://127.0.0.1:${query}`,
      binary,
      `http://127.0.0.1:${collector}/api/traces`,
    )
    await poll('Jaeger to start', async () => (await fetch(`http://127.0.0.1:${admin}/`)).ok || undefined)
    return started
  }

  async stop(): Promise<void> {
    this.process.kill()
    await once(this.process, 'close')
  }

  /** Jaeger's query API, which answers `{ data }`. */
  async ask(path: string): Promise<unknown> {
    const response = await fetch(`${this.query}${path}`)
    const { data }: { data?: unknown } = Object(await response.json())
    return data
  }

  /** The first `count` spans of a service, as soon as Jaeger shows them. */
  spans(service: string, count: number): Promise<JaegerSpan[]> {
    return poll(`${count} spans of ${service}`, async () => {
      const traces = await this.ask(`/api/traces?service=${encodeURIComponent(service)}&limit=100`)
      if (!Array.isArray(traces)) return undefined
      const spans: JaegerSpan[] = traces.flatMap((trace) => trace.spans)
      return spans.length >= count ? spans : undefined
    })
  }
}

/** A span of Jaeger's query API. */
export interface JaegerSpan {
  readonly traceID: string
  readonly spanID: string
  readonly operationName: string
  readonly references: readonly { readonly refType: string; readonly traceID: string; readonly spanID: string }[]
  readonly tags: readonly JaegerTag[]
  readonly logs: readonly { readonly fields: readonly JaegerTag[] }[]
}

export interface JaegerTag {
  readonly key: string
  readonly type: string
  readonly value: unknown
}

/** Jaeger announces nothing, so it is asked again and again, for at most half a minute. */
async function poll<Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer> {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const answer = await ask().catch(() => undefined)
    if (answer !== undefined) return answer
    await new Promise((asked) => setTimeout(asked, 50))
  }
  assert.fail(`waited in vain for ${what}`)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  return port
}
