import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { Thrift } from 'thriftrw'

/** A span as it arrived, in the terms of Jaeger. Ids are hex without leading zeros, as in `uber-trace-id`. */
export interface ReceivedSpan {
  readonly service: string
  readonly operationName: string
  readonly traceId: string
  readonly spanId: string
  /** `0` for a root. */
  readonly parentId: string
  readonly flags: number
  /** Microseconds since the epoch. */
  readonly startTime: number
  /** Microseconds. */
  readonly duration: number
  readonly tags: Fields
  /** How often each key was sent. */
  readonly tagCounts: Record<string, number>
  readonly logs: readonly Fields[]
  readonly processTags: Fields
}

export type Fields = Record<string, string | number | boolean | Buffer>

/** Jaeger's own IDL, as its client carries it, read by thriftrw: no line of ours is in this decoder. */
const jaegerClient = dirname(require.resolve('jaeger-client'))
const idl = new Thrift({
  entryPoint: join(jaegerClient, 'thriftrw-idl', 'agent.thrift'),
  allowFilesystemAccess: true,
  allowIncludeAlias: true,
  allowOptionalArguments: true,
})

/** The spans of a datagram for Jaeger's agent: `Agent.emitBatch`. */
export function decodeDatagram(datagram: Buffer): ReceivedSpan[] {
  const { err, value } = idl.Agent.emitBatch.argumentsMessageRW.readFrom(datagram, 0)
  assert.ifError(err)
  return spansOf((value as { body: { batch: Batch } }).body.batch)
}

/** The spans of a request to Jaeger's collector: a `Batch`. */
export function decodeBatch(body: Buffer): ReceivedSpan[] {
  const { err, value } = idl.modules.jaeger.Batch.rw.readFrom(body, 0)
  assert.ifError(err)
  return spansOf(value as Batch)
}

function spansOf({ process, spans }: Batch): ReceivedSpan[] {
  return spans.map((span) => ({
    service: process.serviceName,
    operationName: span.operationName,
    traceId: hex(Buffer.concat([span.traceIdHigh, span.traceIdLow])),
    spanId: hex(span.spanId),
    parentId: hex(span.parentSpanId),
    flags: span.flags,
    startTime: Number(span.startTime.readBigInt64BE()),
    duration: Number(span.duration.readBigInt64BE()),
    tags: fieldsOf(span.tags ?? []),
    tagCounts: countsOf(span.tags ?? []),
    logs: (span.logs ?? []).map(({ fields }) => fieldsOf(fields)),
    processTags: fieldsOf(process.tags ?? []),
  }))
}

function fieldsOf(tags: readonly Tag[]): Fields {
  return Object.fromEntries(tags.map((tag) => [tag.key, readValue(tag)]))
}

function readValue(tag: Tag): string | number | boolean | Buffer {
  const values = { STRING: tag.vStr, DOUBLE: tag.vDouble, BOOL: tag.vBool, LONG: tag.vLong, BINARY: tag.vBinary }
  return values[tag.vType]
}

function countsOf(tags: readonly Tag[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { key } of tags) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^0+(?=.)/, '')
}

interface Batch {
  readonly process: { readonly serviceName: string; readonly tags: readonly Tag[] | null }
  readonly spans: readonly Span[]
}

interface Span {
  readonly traceIdLow: Buffer
  readonly traceIdHigh: Buffer
  readonly spanId: Buffer
  readonly parentSpanId: Buffer
  readonly operationName: string
  readonly flags: number
  readonly startTime: Buffer
  readonly duration: Buffer
  readonly tags: readonly Tag[] | null
  readonly logs: readonly { readonly fields: readonly Tag[] }[] | null
}

interface Tag {
  readonly key: string
  readonly vType: 'STRING' | 'DOUBLE' | 'BOOL' | 'LONG' | 'BINARY'
  readonly vStr: string
  readonly vDouble: number
  readonly vBool: boolean
  readonly vLong: Buffer
  readonly vBinary: Buffer
}
