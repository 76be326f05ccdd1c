import http2, { type ClientHttp2Session } from 'node:http2'
import timers from 'node:timers'
import { gzipSync } from 'node:zlib'
import { untraced } from '../../context.js'
import type { Collector } from '../collector.js'
import type { Outcome } from '../exchange.js'
import { NAME, type OtlpEnvironment, type Serialize } from './environment.js'
import type { ReadableSpan } from './sdk.js'

/** As they are now, before anybody wraps them. */
const { connect } = http2
const { setTimeout, clearTimeout } = timers

const METHOD = '/opentelemetry.proto.collector.trace.v1.TraceService/Export'
/** A connection that is being made holds the process: so long at most, in milliseconds. */
const CONNECT_TIMEOUT = 1_000
/** Statuses that ask for another try: cancelled, deadline exceeded, resource exhausted, aborted, out of range, unavailable, data loss. */
const PASSING = new Set([1, 4, 8, 10, 11, 14, 15])

/** A receiver of OTLP over gRPC, of which a call without streams is all that is needed. https://grpc.io/docs/what-is-grpc/ */
export function grpcCollector(
  serialize: Serialize,
  { endpoint, headers, credentials, compress }: OtlpEnvironment,
): Collector<ReadableSpan> {
  const ownHeaders = {
    ':method': 'POST',
    ':path': METHOD,
    te: 'trailers',
    'content-type': 'application/grpc',
    ...(compress && { 'grpc-encoding': 'gzip' }),
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  }
  let session: ClientHttp2Session | undefined

  function open(): ClientHttp2Session {
    if (session !== undefined && !session.closed && !session.destroyed) return session
    const opened = connect(endpoint.origin, credentials)
    opened.on('error', () => {})
    opened.unref()
    session = opened
    return opened
  }

  return {
    name: NAME,
    address: endpoint.origin,
    post(spans, timeout, done) {
      const message = frame(serialize(spans), compress)
      return untraced(() => call(open(), { ...ownHeaders, 'grpc-timeout': `${timeout}m` }, message, timeout, done))
    },
  }
}

/** One call and its status. */
function call(
  session: ClientHttp2Session,
  headers: http2.OutgoingHttpHeaders,
  message: Buffer,
  timeout: number,
  done: (outcome: Outcome) => void,
): () => void {
  const isOpen = !session.connecting
  const outcome: Outcome = { status: 0, text: '', error: undefined, reached: isOpen, late: false, reused: isOpen }
  const stream = session.request(headers)
  const end = (why: string) => {
    outcome.error ??= new Error(why)
    stream.destroy()
    if (session.connecting) session.destroy()
  }
  const connecting = setTimeout(() => {
    if (session.connecting) end(`no connection within ${CONNECT_TIMEOUT} ms`)
  }, CONNECT_TIMEOUT).unref()
  const deadline = setTimeout(() => {
    outcome.late = true
    end(`no answer within ${timeout} ms`)
  }, timeout).unref()

  // The session's error says more, and comes later.
  const fail = (error: Error) => {
    outcome.error = error
  }
  session.once('error', fail)
  session.once('connect', () => {
    outcome.reached = true
  })
  stream.on('error', fail)
  for (const event of ['response', 'trailers'] as const) stream.on(event, (fields) => judge(fields, outcome))
  stream.on('close', () => {
    clearTimeout(connecting)
    clearTimeout(deadline)
    process.nextTick(() => {
      session.removeListener('error', fail)
      if (outcome.status === 0) outcome.error ??= new Error('no answer')
      done(outcome)
    })
  })
  stream.resume()
  stream.end(message)
  return () => end('no answer in time')
}

/** A status comes in the trailers, or in the head where there is nothing else. */
function judge(fields: http2.IncomingHttpHeaders, outcome: Outcome): void {
  const httpStatus = Number(fields[':status'] ?? 200)
  const status = fields['grpc-status']
  if (httpStatus !== 200) outcome.status = httpStatus
  else if (status === '0') outcome.status = 200
  else if (status !== undefined) {
    outcome.status = PASSING.has(Number(status)) ? 503 : 400
    outcome.error = new Error(`gRPC status ${status}: ${fields['grpc-message'] ?? ''}`)
  }
}

function frame(bytes: Buffer, compress: boolean): Buffer {
  const message = compress ? gzipSync(bytes) : bytes
  const head = Buffer.alloc(5)
  head.writeUInt8(compress ? 1 : 0)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}
