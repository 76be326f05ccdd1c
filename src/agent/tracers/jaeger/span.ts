import { types } from 'node:util'
import type { JaegerReference, JaegerSpan, Tag } from './client.js'
import { TagWriter } from './tags.js'
import { I32, I64, STOP, STRING } from './thrift.js'

const CHILD_OF = 0
const FOLLOWS_FROM = 1
const NO_ID = new Uint8Array(8)
/** A time, the head of a list, and the end. */
const EMPTY_LOG = 20

const writer = new TagWriter()
const TRUNCATED = encodeTruncated()
let writing = false

/**
 * A span as a `Span` of Jaeger's Thrift, in at most `longest` bytes. Of too many tags or logs the first and the last
 * are kept, and the tag `truncated` tells. Throws where that cannot be done, on a span without ids for example.
 * https://github.com/jaegertracing/jaeger-idl/blob/main/thrift/jaeger.thrift
 */
export function encodeSpan(span: JaegerSpan, longest: number): Buffer {
  // A tag can be a proxy whose traps finish a span of their own.
  if (writing) throw new Error('it finished while another was being read')
  writing = true
  try {
    writer.start(longest)
    writeSpan(span)
    return writer.copy()
  } finally {
    writing = false
  }
}

/** What holds for all spans of a process, as a `Process` of Jaeger's Thrift. */
export function encodeProcess(serviceName: string, tags: readonly Tag[], longest: number): Buffer {
  writer.start(longest)
  writer.field(STRING, 1)
  writer.name(serviceName)
  writer.tags(2, tags)
  writer.byte(STOP)
  return writer.copy()
}

function writeSpan(span: JaegerSpan): void {
  const { traceId, spanId, parentId, flags } = span.context()
  if (!traceId || !spanId) throw new Error('it has no ids')
  writer.field(I64, 1)
  writer.id(traceId, traceId.length)
  writer.field(I64, 2)
  writer.id(traceId, traceId.length - 8)
  writer.field(I64, 3)
  writer.id(spanId, spanId.length)
  writer.field(I64, 4)
  writer.id(parentId ?? NO_ID, parentId?.length ?? 8)
  writer.field(STRING, 5)
  writer.name(span.operationName)
  if (span._references.length > 0) writeReferences(span._references)
  writer.field(I32, 7)
  writer.i32(flags)
  writer.field(I64, 8)
  writer.microseconds(Number(span._startTime))
  writer.field(I64, 9)
  writer.microseconds(Number(span._duration))
  const countAt = writer.at + 4
  const count = writer.tags(10, span._tags)
  const tagsEnd = writer.at
  if (span._logs.length > 0) writeLogs(span._logs)
  if (writer.truncated) {
    writer.insert(TRUNCATED, tagsEnd)
    writer.i32At(countAt, count + 1)
  }
  writer.byte(STOP)
}

function writeReferences(references: readonly JaegerReference[]): void {
  const countAt = writer.list(6)
  let count = 0
  for (const reference of writer.firstAndLast(references)) {
    const context = reference.referencedContext()
    // A span instead of its context, or another tracer's: it has no ids that Jaeger could show.
    if (!hasIds(context)) continue
    writer.field(I32, 1)
    writer.i32(reference.type() === 'follows_from' ? FOLLOWS_FROM : CHILD_OF)
    writer.field(I64, 2)
    writer.id(context.traceId, context.traceId.length)
    writer.field(I64, 3)
    writer.id(context.traceId, context.traceId.length - 8)
    writer.field(I64, 4)
    writer.id(context.spanId, context.spanId.length)
    writer.byte(STOP)
    count++
  }
  writer.i32At(countAt, count)
}

function writeLogs(logs: JaegerSpan['_logs']): void {
  const countAt = writer.list(11)
  let count = 0
  for (const { timestamp, fields } of writer.firstAndLast(logs)) {
    if (!writer.hasRoomFor(EMPTY_LOG)) break
    writer.field(I64, 1)
    writer.microseconds(Number(timestamp))
    writer.tags(2, fields)
    writer.byte(STOP)
    count++
  }
  writer.i32At(countAt, count)
}

function hasIds(context: unknown): context is { traceId: Uint8Array; spanId: Uint8Array } {
  if (typeof context !== 'object' || context === null) return false
  const { traceId, spanId }: { traceId?: unknown; spanId?: unknown } = context
  return types.isUint8Array(traceId) && types.isUint8Array(spanId)
}

function encodeTruncated(): Buffer {
  writer.start(Number.POSITIVE_INFINITY)
  writer.tag({ key: 'truncated', value: true })
  return writer.copy()
}
