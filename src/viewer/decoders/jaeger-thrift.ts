import { sharedProcess } from '../store/shared.js'
import {
  byKey,
  type Log,
  makeInteger,
  makeLog,
  makeSpan,
  makeTag,
  type Process,
  type Reference,
  type Span,
  type Tag,
} from '../store/span.js'
import { decode, hexId, Input, Malformed, traceIdOf } from './input.js'
import { type Protocol, readStruct, type Struct, type Value } from './thrift.js'
import { BinaryProtocol } from './thrift-binary.js'
import { COMPACT, CompactProtocol } from './thrift-compact.js'

/**
 * The spans of a packet for Jaeger's agent, in the binary or the compact protocol, whichever it is; `undefined` where
 * it is malformed. https://github.com/jaegertracing/jaeger-idl/blob/main/thrift/agent.thrift
 */
export function decodePacket(packet: Buffer): Span[] | undefined {
  const input = new Input(packet)
  const protocol = packet[0] === COMPACT ? new CompactProtocol(input) : new BinaryProtocol(input)
  return decode(() => {
    if (protocol.message() !== 'emitBatch') throw new Malformed()
    return spansOf(structAt(readStruct(protocol), 1))
  })
}

/** The spans of a request to Jaeger's collector, a `Batch` in the binary protocol; `undefined` where it is malformed. */
export function decodeBatch(body: Buffer): Span[] | undefined {
  const protocol: Protocol = new BinaryProtocol(new Input(body))
  return decode(() => spansOf(readStruct(protocol)))
}

function spansOf(batch: Struct): Span[] {
  const process = processOf(structAt(batch, 1))
  return structsAt(batch, 2).map((span) => spanOf(span, process))
}

function processOf(process: Struct): Process {
  const serviceName = textAt(process, 1) || 'empty-service-name'
  return sharedProcess({ serviceName, tags: optional(process, 2).map(tagOf).sort(byKey) })
}

function spanOf(span: Struct, process: Process): Span {
  const traceID = traceIdOf(bigintAt(span, 2), bigintAt(span, 1))
  const references = optional(span, 6).map(referenceOf)
  const parent = hexId(bigintAt(span, 4))
  const isNamed = references.some((each) => each.spanID === parent && each.traceID === traceID)
  if (bigintAt(span, 4) !== 0n && !isNamed) references.unshift({ refType: 'CHILD_OF', traceID, spanID: parent })
  return makeSpan({
    traceID,
    spanID: hexId(bigintAt(span, 3)),
    flags: numberAt(span, 7) >>> 0,
    operationName: textAt(span, 5),
    references,
    startTime: Number(bigintAt(span, 8)),
    duration: Number(bigintAt(span, 9)),
    tags: optional(span, 10).map(tagOf),
    logs: optional(span, 11).map(logOf),
    warnings: [],
    process,
  })
}

function referenceOf(reference: Struct): Reference {
  return {
    refType: numberAt(reference, 1) === 1 ? 'FOLLOWS_FROM' : 'CHILD_OF',
    traceID: traceIdOf(bigintAt(reference, 3), bigintAt(reference, 2)),
    spanID: hexId(bigintAt(reference, 4)),
  }
}

function logOf(log: Struct): Log {
  return makeLog(Number(bigintAt(log, 1)), structsAt(log, 2).map(tagOf))
}

/** `TagType` of the definition, by its numbers. A value that is left out is the empty one of its type. */
const tagReaders: readonly ((key: string, tag: Struct) => Tag)[] = [
  (key, tag) => makeTag(key, 'string', tag.has(3) ? textAt(tag, 3) : ''),
  (key, tag) => makeTag(key, 'float64', tag.has(4) ? numberAt(tag, 4) : 0),
  (key, tag) => makeTag(key, 'bool', tag.get(5) === true),
  (key, tag) => makeInteger(key, tag.has(6) ? bigintAt(tag, 6) : 0n),
  (key, tag) => makeTag(key, 'binary', tag.has(7) ? bytesAt(tag, 7).digits('base64') : ''),
]

function tagOf(tag: Struct): Tag {
  const key = textAt(tag, 1)
  const type = numberAt(tag, 2)
  return tagReaders[type]?.(key, tag) ?? makeTag(key, 'string', `a value of the unknown type ${type}`)
}

function structAt(struct: Struct, id: number): Struct {
  return asStruct(struct.get(id))
}

function structsAt(struct: Struct, id: number): Struct[] {
  const value = struct.get(id)
  if (!Array.isArray(value)) throw new Malformed()
  return value.map(asStruct)
}

function optional(struct: Struct, id: number): Struct[] {
  return struct.has(id) ? structsAt(struct, id) : []
}

function asStruct(value: Value | undefined): Struct {
  if (value instanceof Map) return value
  throw new Malformed()
}

function bytesAt(struct: Struct, id: number): Input {
  const value = struct.get(id)
  if (value instanceof Input) return value
  throw new Malformed()
}

function textAt(struct: Struct, id: number): string {
  return bytesAt(struct, id).text()
}

function numberAt(struct: Struct, id: number): number {
  const value = struct.get(id)
  if (typeof value === 'number') return value
  throw new Malformed()
}

function bigintAt(struct: Struct, id: number): bigint {
  const value = struct.get(id)
  if (typeof value === 'bigint') return value
  throw new Malformed()
}
