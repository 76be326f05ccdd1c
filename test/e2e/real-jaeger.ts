import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** A Jaeger of one process, in memory, on free ports of the loopback interface. */
export class RealJaeger {
  private constructor(
    private readonly process: ChildProcess,
    readonly query: string,
    /** Where binary Thrift arrives. */
    readonly udpPort: number,
    /** Where compact Thrift arrives, which Python's client sends. */
    readonly compactPort: number,
    readonly endpoint: string,
    readonly otlpEndpoint: string,
    readonly zipkinEndpoint: string,
    readonly otlpGrpcEndpoint: string,
  ) {}

  static async start(program: string): Promise<RealJaeger> {
    const [query, collector, otlp, zipkin, admin, ...others] = await Promise.all(Array.from({ length: 9 }, freePort))
    const [binary, compact, oldZipkin] = await Promise.all([freeUdpPort(), freeUdpPort(), freeUdpPort()])
    const flags = {
      'query.http-server.host-port': query,
      'collector.http-server.host-port': collector,
      'collector.otlp.http.host-port': otlp,
      'collector.zipkin.host-port': zipkin,
      'admin.http.host-port': admin,
      'http-server.host-port': others[0],
      'query.grpc-server.host-port': others[1],
      'collector.grpc-server.host-port': others[2],
      'collector.otlp.grpc.host-port': others[3],
      'processor.jaeger-binary.server-host-port': binary,
      'processor.jaeger-compact.server-host-port': compact,
      'processor.zipkin-compact.server-host-port': oldZipkin,
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
      compact,
      `http://127.0.0.1:${collector}/api/traces`,
      `http://127.0.0.1:${otlp}`,
      `http://127.0.0.1:${zipkin}/api/v2/spans`,
      `http://127.0.0.1:${others[3]}`,
    )
    await poll('Jaeger to start', async () => (await fetch(`http://127.0.0.1:${admin}/`)).ok || undefined)
    return started
  }

  async stop(): Promise<void> {
    // It keeps nothing, and a milder signal would have it wait ten seconds for connections.
    this.process.kill('SIGKILL')
    await once(this.process, 'close')
  }

  /** Jaeger's query API, which answers `{ data }`. */
  async ask(path: string): Promise<unknown> {
    const response = await fetch(`${this.query}${path}`)
    const { data }: { data?: unknown } = Object(await response.json())
    return data
  }

  /** The spans of all traces through a service, as soon as Jaeger shows `count` that `match`. */
  spans(service: string, count: number, match: (span: JaegerSpan) => boolean = () => true): Promise<JaegerSpan[]> {
    return poll(`${count} spans in the traces of ${service}`, async () => {
      const traces = await this.ask(`/api/traces?service=${encodeURIComponent(service)}&limit=100`)
      if (!Array.isArray(traces)) return undefined
      const spans = traces.flatMap(spansOf)
      return spans.filter(match).length >= count ? spans : undefined
    })
  }
}

/** A span of Jaeger's query API, with the name of its service. */
export interface JaegerSpan {
  readonly service: string
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

interface Trace {
  readonly spans: readonly (Omit<JaegerSpan, 'service'> & { readonly processID: string })[]
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>
}

function spansOf({ spans, processes }: Trace): JaegerSpan[] {
  return spans.map((span) => ({ ...span, service: String(processes[span.processID]?.serviceName) }))
}

/** Jaeger announces nothing, so it is asked again and again, for at most half a minute. */
export async function poll<Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer> {
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
