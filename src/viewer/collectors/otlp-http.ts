import type { Server, ServerResponse } from 'node:http'
import type { Counts } from '../counts.js'
import { decodeOtlpJson } from '../decoders/otlp-json.js'
import { decodeOtlpProtobuf } from '../decoders/otlp-protobuf.js'
import type { Guard } from '../http/guard.js'
import { type Intake, Refusal } from '../http/intake.js'
import { createServer, say } from '../http/server.js'
import type { Span } from '../store/span.js'
import type { Store } from '../store/store.js'
import { typeOf } from './jaeger-http.js'

interface Encoding {
  decode(body: Buffer): Span[] | undefined
  /** An answer without anything to say. */
  readonly done: Buffer
  /** A `Status` with a message. */
  status(message: string): Buffer
}

const encodings: Readonly<Record<string, Encoding>> = {
  'application/x-protobuf': { decode: decodeOtlpProtobuf, done: Buffer.alloc(0), status: protobufStatus },
  'application/json': {
    decode: decodeOtlpJson,
    done: Buffer.from('{}'),
    status: (message) => Buffer.from(JSON.stringify({ message })),
  },
}

/**
 * Takes the spans that OpenTelemetry's exporters post: `POST /v1/traces`, Protocol Buffers or JSON, packed or not.
 * https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function otlpCollector(store: Store, counts: Counts, guard: Guard, intake: Intake): Server {
  return createServer(counts, async (req, res) => {
    const [path] = (req.url ?? '').split('?', 1)
    if (!guard.allowsClient(req.headers)) {
      counts.refused++
      return say(res, 403, 'no page but the viewer may send spans here')
    }
    if (path !== '/v1/traces') return say(res, 404, 'spans are taken at /v1/traces; nothing else is')
    if (req.method !== 'POST') return say(res, 405, 'spans are posted')
    const type = typeOf(req.headers['content-type'])
    const encoding = Object.hasOwn(encodings, type) ? encodings[type] : undefined
    if (encoding === undefined) {
      counts.malformed++
      return say(res, 415, `the Content-Type is ${Object.keys(encodings).join(' or ')}`)
    }

    const reply = (status: number, body: Buffer) => write(res, status, type, body)
    const body = await intake.read(req)
    if (body instanceof Refusal) return reply(body.status, encoding.status(body.reason))
    const spans = encoding.decode(body)
    if (spans === undefined) {
      counts.malformed++
      return reply(400, encoding.status('this is no ExportTraceServiceRequest'))
    }
    store.add(spans)
    reply(200, encoding.done)
  })
}

function write(res: ServerResponse, status: number, type: string, body: Buffer): void {
  res.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length }).end(body)
}

/** The field `message` of `google.rpc.Status`; our messages are short. */
function protobufStatus(message: string): Buffer {
  return Buffer.concat([Buffer.from([0x12, Buffer.byteLength(message)]), Buffer.from(message)])
}
