import { sharedText } from './shared.js'

/** A span in the terms of Jaeger's JSON. Ids are hex, 16 digits, or 32 for a trace that needs them. */
export interface Span {
  readonly traceID: string
  readonly spanID: string
  readonly flags: number
  readonly operationName: string
  /** The parent's comes first. */
  readonly references: readonly Reference[]
  /** Microseconds since the epoch. */
  readonly startTime: number
  /** Microseconds. */
  readonly duration: number
  readonly tags: readonly Tag[]
  readonly logs: readonly Log[]
  readonly warnings: readonly string[]
  readonly process: Process
}

export interface Reference {
  readonly refType: 'CHILD_OF' | 'FOLLOWS_FROM'
  readonly traceID: string
  readonly spanID: string
}

export interface Tag {
  readonly key: string
  readonly type: TagType
  /** Base64 for `binary`, and decimal digits for an `int64` beyond what a JavaScript number holds exactly. */
  readonly value: string | number | boolean
}

export type TagType = 'string' | 'bool' | 'int64' | 'float64' | 'binary'

export interface Log {
  /** Microseconds since the epoch. */
  readonly timestamp: number
  readonly fields: readonly Tag[]
}

/** What a span's sender says of itself. */
export interface Process {
  readonly serviceName: string
  readonly tags: readonly Tag[]
}

const NO_ID = '0'.repeat(16)
/** Some old clients send IPv4 addresses as numbers. */
const ADDRESSES = new Set(['ip', 'peer.ipv4'])

/** Puts a span in the order in which Jaeger shows it: the parent's reference first. What refers to no trace is left out. */
export function makeSpan(span: Span): Span {
  const { traceID, operationName, references, startTime, duration } = span
  const valid = references.filter((reference) => reference.traceID !== NO_ID)
  const parent = parentIndex(valid, traceID)
  const [first, other] = [valid[0], valid[parent]]
  if (first !== undefined && other !== undefined) [valid[0], valid[parent]] = [other, first]
  return {
    ...span,
    operationName: sharedText(operationName),
    references: valid,
    startTime: toMicroseconds(startTime),
    duration: toMicroseconds(duration),
    warnings: duration < 0 ? [...span.warnings, `negative duration of ${duration} µs, shown as 0`] : span.warnings,
  }
}

/** A tag; a number that stands for an IPv4 address becomes one. */
export function makeTag(key: string, type: TagType, value: Tag['value']): Tag {
  if (typeof value === 'string') return { key: sharedText(key), type, value: sharedText(value) }
  if (typeof value === 'number' && ADDRESSES.has(key)) return { key, type: 'string', value: dotted(value) }
  // JSON has no word for these.
  const shown = typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
  return { key: sharedText(key), type, value: shown }
}

/** An `int64`, whose value is text where a number would not be exact. */
export function makeInteger(key: string, value: bigint): Tag {
  const number = Number(value)
  return makeTag(key, 'int64', Number.isSafeInteger(number) ? number : String(value))
}

/** A log, with its fields in the order in which Jaeger shows them: `event`, then by name. */
export function makeLog(timestamp: number, fields: readonly Tag[]): Log {
  const event = fields.findIndex(({ key, type }) => key === 'event' && type === 'string')
  const rest = fields.filter((_, index) => index !== event).sort(byKey)
  const first = fields[event]
  return { timestamp: toMicroseconds(timestamp), fields: first === undefined ? rest : [first, ...rest] }
}

/** The span that led to this one: what it is a child of, or else follows from, in the same trace. */
export function parentOf({ references, traceID }: Span): string | undefined {
  const parent = references[parentIndex(references, traceID)]
  return parent?.traceID === traceID && parent.spanID !== NO_ID ? parent.spanID : undefined
}

export function byKey(one: Tag, other: Tag): number {
  if (one.key !== other.key) return one.key < other.key ? -1 : 1
  return String(one.value) < String(other.value) ? -1 : 1
}

function parentIndex(references: readonly Reference[], traceID: string): number {
  const childOf = references.findIndex((each) => each.traceID === traceID && each.refType === 'CHILD_OF')
  if (childOf !== -1) return childOf
  return Math.max(
    references.findIndex((each) => each.traceID === traceID),
    0,
  )
}

function toMicroseconds(value: number): number {
  const rounded = Math.floor(value)
  return rounded >= 0 && rounded <= Number.MAX_SAFE_INTEGER ? rounded : 0
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.')
}
