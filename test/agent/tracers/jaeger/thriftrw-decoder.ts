import assert from 'node:assert/strict'
import { join } from 'node:path'
import { Thrift } from 'thriftrw'
import type { DecodedBatch, TagValue } from './decoders.js'

/** thriftrw, with the IDL that jaeger-client brings. */
const idl = new Thrift({
  entryPoint: join(require.resolve('jaeger-client'), '../thriftrw-idl/agent.thrift'),
  allowFilesystemAccess: true,
  allowIncludeAlias: true,
  allowOptionalArguments: true,
})

/** A packet for the Jaeger agent: a call of `emitBatch`. */
export function decodeCall(packet: Buffer): DecodedBatch {
  const { err, value } = idl.Agent.emitBatch.argumentsMessageRW.readFrom(packet, 0)
  assert.equal(err, null)
  return fromThriftrw((value as { body: { batch: RawBatch } }).body.batch)
}

/** A bare `Batch`. */
export function decodeBatch(body: Buffer): DecodedBatch {
  const { err, value } = idl.modules.jaeger.Batch.rw.readFrom(body, 0)
  assert.equal(err, null)
  return fromThriftrw(value as RawBatch)
}

function fromThriftrw({ process, spans }: RawBatch): DecodedBatch {
  return {
    process: { serviceName: process.serviceName, tags: process.tags.map(fromRawTag) },
    spans: spans.map((span) => ({
      traceIdLow: span.traceIdLow.toString('hex'),
      traceIdHigh: span.traceIdHigh.toString('hex'),
      spanId: span.spanId.toString('hex'),
      parentSpanId: span.parentSpanId.toString('hex'),
      operationName: span.operationName,
      references: (span.references ?? []).map((reference) => ({
        refType: ['CHILD_OF', 'FOLLOWS_FROM'].indexOf(reference.refType),
        traceIdLow: reference.traceIdLow.toString('hex'),
        traceIdHigh: reference.traceIdHigh.toString('hex'),
        spanId: reference.spanId.toString('hex'),
      })),
      flags: span.flags,
      startTime: Number.parseInt(span.startTime.toString('hex'), 16),
      duration: Number.parseInt(span.duration.toString('hex'), 16),
      tags: span.tags.map(fromRawTag),
      logs: (span.logs ?? []).map(({ timestamp, fields }) => ({
        timestamp: Number.parseInt(timestamp.toString('hex'), 16),
        fields: fields.map(fromRawTag),
      })),
    })),
  }
}

function fromRawTag(tag: RawTag): [string, TagValue] {
  const {
    STRING = '',
    DOUBLE = 0,
    BOOL = false,
    BINARY = Buffer.alloc(0),
  } = {
    STRING: tag.vStr ?? undefined,
    DOUBLE: tag.vDouble ?? undefined,
    BOOL: tag.vBool ?? undefined,
    BINARY: tag.vBinary ?? undefined,
  }
  return [tag.key, { STRING, DOUBLE, BOOL, BINARY: Buffer.from(BINARY) }[tag.vType]]
}

interface RawTag {
  key: string
  vType: 'STRING' | 'DOUBLE' | 'BOOL' | 'BINARY'
  vStr: string | null
  vDouble: number | null
  vBool: boolean | null
  vBinary: Buffer | null
}

interface RawBatch {
  process: { serviceName: string; tags: RawTag[] }
  spans: {
    traceIdLow: Buffer
    traceIdHigh: Buffer
    spanId: Buffer
    parentSpanId: Buffer
    operationName: string
    references: { refType: string; traceIdLow: Buffer; traceIdHigh: Buffer; spanId: Buffer }[] | null
    flags: number
    startTime: Buffer
    duration: Buffer
    tags: RawTag[]
    logs: { timestamp: Buffer; fields: RawTag[] }[] | null
  }[]
}
