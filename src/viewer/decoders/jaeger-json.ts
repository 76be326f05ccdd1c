import { sharedProcess } from '../store/shared.js'
import {
  byKey,
  type Log,
  makeLog,
  makeSpan,
  makeTag,
  type Process,
  type Reference,
  type Span,
  type Tag,
  type TagType,
} from '../store/span.js'
import { isObject, type JsonObject, numberOf, objectOf, objectsOf, textOf } from './json.js'

/**
 * The spans of what Jaeger's query API answers and its page saves: `{ data: [trace, …] }`, or one trace alone.
 * `undefined` where it is something else; a span without ids is left out. Never throws.
 */
export function fromJaegerJson(json: unknown): Span[] | undefined {
  if (!isObject(json)) return undefined
  if (Array.isArray(json.data)) return objectsOf(json.data).flatMap(spansOf)
  return Array.isArray(json.spans) ? spansOf(json) : undefined
}

function spansOf({ spans, processes }: JsonObject): Span[] {
  const known = new Map(Object.entries(objectOf(processes)).map(([id, process]) => [id, processOf(objectOf(process))]))
  return objectsOf(spans).flatMap((span) => {
    const process = known.get(textOf(span.processID)) ?? processOf(objectOf(span.process))
    const [traceID, spanID] = [readTraceId(span.traceID), readSpanId(span.spanID)]
    return traceID === undefined || spanID === undefined ? [] : [spanOf(span, traceID, spanID, process)]
  })
}

function spanOf(span: JsonObject, traceID: string, spanID: string, process: Process): Span {
  const references = objectsOf(span.references).flatMap(referenceOf)
  const parent = readSpanId(span.parentSpanID)
  if (references.length === 0 && parent !== undefined) references.push({ refType: 'CHILD_OF', traceID, spanID: parent })
  const warnings = Array.isArray(span.warnings) ? span.warnings.filter((each) => typeof each === 'string') : []
  return makeSpan({
    traceID,
    spanID,
    flags: numberOf(span.flags) >>> 0,
    operationName: textOf(span.operationName),
    references,
    startTime: numberOf(span.startTime),
    duration: numberOf(span.duration),
    tags: objectsOf(span.tags).map(tagOf),
    logs: objectsOf(span.logs).map(logOf),
    warnings,
    process,
  })
}

function processOf({ serviceName, tags }: JsonObject): Process {
  const name = textOf(serviceName) || 'empty-service-name'
  return sharedProcess({ serviceName: name, tags: objectsOf(tags).map(tagOf).sort(byKey) })
}

function referenceOf(reference: JsonObject): Reference[] {
  const [traceID, spanID] = [readTraceId(reference.traceID), readSpanId(reference.spanID)]
  if (traceID === undefined || spanID === undefined) return []
  return [{ refType: reference.refType === 'FOLLOWS_FROM' ? 'FOLLOWS_FROM' : 'CHILD_OF', traceID, spanID }]
}

function logOf({ timestamp, fields }: JsonObject): Log {
  return makeLog(numberOf(timestamp), objectsOf(fields).map(tagOf))
}

const TYPES: Readonly<Record<string, TagType>> = { bool: 'bool', int64: 'int64', float64: 'float64', binary: 'binary' }

function tagOf({ key, type, value }: JsonObject): Tag {
  const isValue = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  const name = Object.hasOwn(TYPES, textOf(type)) ? TYPES[textOf(type)] : undefined
  if (!isValue) return makeTag(textOf(key), 'string', '')
  return name === undefined ? makeTag(textOf(key), 'string', String(value)) : makeTag(textOf(key), name, value)
}

/** An id of at most 32 hex digits as Jaeger writes it, whether or not it has its leading zeros. */
export function readTraceId(id: unknown): string | undefined {
  const text = textOf(id)
  if (!/^[\da-f]{1,32}$/i.test(text)) return undefined
  const digits = text.toLowerCase().replace(/^0+(?=.)/, '')
  return digits.padStart(digits.length > 16 ? 32 : 16, '0')
}

function readSpanId(id: unknown): string | undefined {
  const text = textOf(id)
  return /^[\da-f]{1,16}$/i.test(text) ? text.toLowerCase().padStart(16, '0') : undefined
}
