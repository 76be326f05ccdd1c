import { EventEmitter, once } from 'node:events'
import http, { type IncomingHttpHeaders } from 'node:http'
import http2 from 'node:http2'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { type App, type Options, root, startApp } from '../../helpers/app.js'

/** Where the packages of these tests are installed. */
export const packages = join(root, 'test', 'e2e', 'tracers')

const DEADLINE = 20_000

/** A span as OTLP has it, with its attributes as an object. */
export interface OtlpSpan {
  readonly name: string
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number
  readonly traceId: string
  readonly spanId: string
  /** `''` for a root. */
  readonly parentSpanId: string
  readonly traceState: string
  /** Nanoseconds since the epoch. */
  readonly start: bigint
  readonly end: bigint
  readonly attributes: Attributes
  readonly events: readonly { readonly name: string; readonly time: bigint; readonly attributes: Attributes }[]
  readonly links: readonly { readonly spanId: string; readonly attributes: Attributes }[]
  /** 0 not set, 1 good, 2 an error. */
  readonly status: { readonly code: number; readonly message: string }
  readonly resource: Attributes
}

export type Attributes = Readonly<Record<string, unknown>>

/** A receiver of OTLP that keeps what it is sent. */
export class Sink {
  readonly spans: OtlpSpan[] = []
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders; readonly spans: number }[] = []
  private readonly arrivals = new EventEmitter()

  constructor(readonly endpoint: string) {}

  receive(path: string, headers: IncomingHttpHeaders, spans: readonly OtlpSpan[]): void {
    this.spans.push(...spans)
    this.requests.push({ path, headers, spans: spans.length })
    this.arrivals.emit('spans')
  }

  /** The first `count` spans, in the order of their start, as soon as they have arrived; fails when they do not. */
  async take(count: number): Promise<OtlpSpan[]> {
    const signal = AbortSignal.timeout(DEADLINE)
    while (this.spans.length < count) {
      await once(this.arrivals, 'spans', { signal }).catch(() => {
        throw new Error(`${this.spans.length} of ${count} spans arrived`)
      })
    }
    return this.spans.slice(0, count).sort((one, other) => Number(one.start - other.start))
  }
}

/** Starts a receiver over HTTP, which understands protobuf and JSON, on a free port of the loopback interface. */
export async function startSink(
  t: TestContext,
  answer: (res: http.ServerResponse) => void = (res) => res.end(),
): Promise<Sink> {
  const server = http.createServer(async (req, res) => {
    const body = await bytesOf(req)
    const bytes = req.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
    const isJson = req.headers['content-type'] === 'application/json'
    sink.receive(String(req.url), req.headers, spansOf(isJson ? JSON.parse(String(bytes)) : decode(bytes)))
    answer(res)
  })
  const sink = new Sink(await listening(t, server))
  return sink
}

/** Starts a receiver over gRPC. */
export async function startGrpcSink(t: TestContext, status = '0'): Promise<Sink> {
  const server = http2.createServer()
  server.on('stream', async (stream, headers) => {
    const body = await bytesOf(stream)
    const bytes = body.readUInt8() === 1 ? gunzipSync(body.subarray(5)) : body.subarray(5)
    sink.receive(String(headers[':path']), headers, spansOf(decode(bytes)))
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status, 'grpc-message': 'so it is' }))
    stream.end(Buffer.alloc(5))
  })
  const sink = new Sink(await listening(t, server))
  return sink
}

/** Starts an app whose spans go to a sink. */
export function startOtlp(
  t: TestContext,
  script: string,
  { endpoint }: Pick<Sink, 'endpoint'>,
  env: Record<string, string> = {},
): Promise<App> {
  return startApp(t, script, otlpOptions(endpoint, env))
}

/** How an app is told where its spans go. */
export function otlpOptions(endpoint: string, env: Record<string, string> = {}): Options {
  const own = {
    TRACE_TRACER: 'otlp',
    TRACE_SERVICE_NAME: 'shop',
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_BSP_SCHEDULE_DELAY: '10',
    NODE_ENV: 'test',
  }
  return { cwd: packages, env: { ...own, ...env } }
}

async function listening(t: TestContext, server: http.Server | http2.Http2Server): Promise<string> {
  const sockets = new Set<{ destroy(): void }>()
  server.on('connection', (socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** By OpenTelemetry's own definitions and protobufjs, as an older release carried them: no line of ours, nor of the writer's. */
function decode(bytes: Uint8Array): Message {
  const { opentelemetry } = require(
    join(packages, 'node_modules', 'otlp-decoder', 'build', 'src', 'generated', 'root.js'),
  )
  const type = opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest
  const message: Message = type.toObject(type.decode(bytes), { longs: String, bytes: Buffer })
  return message
}

function spansOf({ resourceSpans }: Message): OtlpSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map((span) => readable(span, attributesOf(resource.attributes)))),
  )
}

function readable(span: Span, resource: Attributes): OtlpSpan {
  return {
    name: span.name,
    kind: span.kind,
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    parentSpanId: hex(span.parentSpanId),
    traceState: span.traceState ?? '',
    start: BigInt(span.startTimeUnixNano),
    end: BigInt(span.endTimeUnixNano),
    attributes: attributesOf(span.attributes),
    events: (span.events ?? []).map(({ name, timeUnixNano, attributes }) => ({
      name,
      time: BigInt(timeUnixNano),
      attributes: attributesOf(attributes),
    })),
    links: (span.links ?? []).map(({ spanId, attributes }) => ({
      spanId: hex(spanId),
      attributes: attributesOf(attributes),
    })),
    status: { code: span.status?.code ?? 0, message: span.status?.message ?? '' },
    resource,
  }
}

function hex(id: string | Buffer | undefined): string {
  return typeof id === 'string' ? id : (id?.toString('hex') ?? '')
}

function attributesOf(attributes: readonly Attribute[] = []): Attributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]))
}

/** Whole numbers are text in protobuf's 64 bits. */
function plain(value: Attribute['value']): unknown {
  const [[type = '', held] = []] = Object.entries(value)
  return type === 'intValue' ? Number(held) : held
}

interface Message {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] }
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[]
  }[]
}

interface Span {
  readonly name: string
  readonly kind: number
  readonly traceId: string | Buffer
  readonly spanId: string | Buffer
  readonly parentSpanId?: string | Buffer
  readonly traceState?: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes?: readonly Attribute[]
  readonly events?: readonly { name: string; timeUnixNano: string; attributes?: readonly Attribute[] }[]
  readonly links?: readonly { spanId: string | Buffer; attributes?: readonly Attribute[] }[]
  readonly status?: { code?: number; message?: string }
}

interface Attribute {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}
