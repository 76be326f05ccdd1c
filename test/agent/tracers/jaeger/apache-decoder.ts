import assert from 'node:assert/strict'
import type { DecodedBatch, TagValue } from './decoders.js'

/** A packet for the Jaeger agent: a call of `emitBatch`. */
export function decodeCall(packet: Buffer): DecodedBatch {
  const protocol = new TBinaryProtocol(new TFramedTransport(packet), true)
  const { fname, mtype, rseqid } = protocol.readMessageBegin()
  assert.deepEqual({ fname, mtype, rseqid }, { fname: 'emitBatch', mtype: ONEWAY, rseqid: 0 })
  return fromApache(field(readStruct(protocol), 1))
}

/** A bare `Batch`. */
export function decodeBatch(body: Buffer): DecodedBatch {
  return fromApache(readStruct(new TBinaryProtocol(new TFramedTransport(body), true)))
}

/** Apache Thrift's binary protocol, strict, read without any IDL into maps from field number to value. */
type Struct = Map<number, Value>
type Value = string | number | boolean | Buffer | Struct | Value[]

const { TBinaryProtocol, TFramedTransport }: ApacheThrift = require('thrift')
const ONEWAY = 4
const readers: Record<number, (protocol: Protocol) => Value> = {
  2: (protocol) => protocol.readBool(),
  4: (protocol) => protocol.readDouble(),
  8: (protocol) => protocol.readI32(),
  10: (protocol) => protocol.readI64().buffer,
  11: (protocol) => protocol.readBinary(),
  12: readStruct,
  15: (protocol) => {
    const { etype, size } = protocol.readListBegin()
    return Array.from({ length: size }, () => readValue(protocol, etype))
  },
}

function readStruct(protocol: Protocol): Struct {
  const struct: Struct = new Map()
  for (let next = protocol.readFieldBegin(); next.ftype !== 0; next = protocol.readFieldBegin()) {
    struct.set(next.fid, readValue(protocol, next.ftype))
  }
  return struct
}

function readValue(protocol: Protocol, type: number): Value {
  const reader = readers[type]
  assert.ok(reader, `type ${type}`)
  return reader(protocol)
}

function fromApache(batch: Struct): DecodedBatch {
  const process = field(batch, 1)
  return {
    process: { serviceName: text(process, 1), tags: list(process, 2).map(tagOf) },
    spans: list(batch, 2).map((span) => ({
      traceIdLow: hex(span, 1),
      traceIdHigh: hex(span, 2),
      spanId: hex(span, 3),
      parentSpanId: hex(span, 4),
      operationName: text(span, 5),
      references: list(span, 6).map((reference) => ({
        refType: Number(reference.get(1)),
        traceIdLow: hex(reference, 2),
        traceIdHigh: hex(reference, 3),
        spanId: hex(reference, 4),
      })),
      flags: Number(span.get(7)),
      startTime: Number.parseInt(hex(span, 8), 16),
      duration: Number.parseInt(hex(span, 9), 16),
      tags: list(span, 10).map(tagOf),
      logs: list(span, 11).map((log) => ({
        timestamp: Number.parseInt(hex(log, 1), 16),
        fields: list(log, 2).map(tagOf),
      })),
    })),
  }
}

/** A tag holds its name, its type, and the one field of that type. */
function tagOf(tag: Struct): [string, TagValue] {
  assert.equal(tag.size, 3)
  const type = Number(tag.get(2))
  const value = tag.get([3, 4, 5, 6, 7][type] ?? 0)
  if (type === 0) return [text(tag, 1), text(tag, 3)]
  assert.ok(typeof value === 'number' || typeof value === 'boolean' || Buffer.isBuffer(value))
  return [text(tag, 1), Buffer.isBuffer(value) ? Buffer.from(value) : value]
}

function field(struct: Struct, id: number): Struct {
  const value = struct.get(id)
  assert.ok(value instanceof Map)
  return value
}

function list(struct: Struct, id: number): Struct[] {
  const value = struct.get(id) ?? []
  assert.ok(Array.isArray(value))
  return value.map((item) => {
    assert.ok(item instanceof Map)
    return item
  })
}

function text(struct: Struct, id: number): string {
  return String(struct.get(id))
}

function hex(struct: Struct, id: number): string {
  const value = struct.get(id)
  assert.ok(Buffer.isBuffer(value))
  return value.toString('hex')
}

interface Protocol {
  readMessageBegin(): { fname: string; mtype: number; rseqid: number }
  readFieldBegin(): { ftype: number; fid: number }
  readListBegin(): { etype: number; size: number }
  readBool(): boolean
  readDouble(): number
  readI32(): number
  readI64(): { buffer: Buffer }
  readBinary(): Buffer
}

interface ApacheThrift {
  TBinaryProtocol: new (transport: object, strictRead: boolean) => Protocol
  TFramedTransport: new (bytes: Buffer) => object
}
