import { type Input, Malformed } from './input.js'
import {
  BOOL,
  BYTE,
  DOUBLE,
  type Field,
  I16,
  I32,
  I64,
  LIST,
  MAP,
  type Protocol,
  SET,
  STRING,
  STRUCT,
} from './thrift.js'

export const COMPACT = 0x82
const VERSION = 1

/** The protocol's own types, by their numbers: 1 is true and 2 is false. */
const TYPES = [0, BOOL, BOOL, BYTE, I16, I32, I64, DOUBLE, STRING, LIST, SET, MAP, STRUCT]
const TRUE = 1
const LONG_SIZE = 15

/**
 * Thrift's compact protocol.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
export class CompactProtocol implements Protocol {
  constructor(readonly input: Input) {}

  message(): string {
    const { input } = this
    if (input.byte() !== COMPACT || (input.byte() & 0x1f) !== VERSION) throw new Malformed()
    input.varint32()
    return input.part(this.length()).text()
  }

  field(last: number): Field | undefined {
    const head = this.input.byte()
    if (head === 0) return undefined
    const delta = head >>> 4
    const kind = head & 0x0f
    const id = delta === 0 ? this.i16() : last + delta
    const type = typeOf(kind)
    return type === BOOL ? { id, type, value: kind === TRUE } : { id, type }
  }

  list(): { type: number; size: number } {
    const head = this.input.byte()
    const size = head >>> 4
    return { type: typeOf(head & 0x0f), size: size === LONG_SIZE ? this.length() : size }
  }

  map(): { key: number; value: number; size: number } {
    const size = this.length()
    const types = size === 0 ? 0 : this.input.byte()
    return { key: typeOf(types >>> 4), value: typeOf(types & 0x0f), size }
  }

  bool(): boolean {
    return this.input.byte() === TRUE
  }

  i16(): number {
    return this.i32()
  }

  i32(): number {
    const value = this.input.varint32()
    return (value >>> 1) ^ -(value & 1)
  }

  i64(): bigint {
    const value = this.input.varint64()
    return (value >> 1n) ^ -(value & 1n)
  }

  double(): number {
    return this.input.bytes.readDoubleLE(this.input.pass(8))
  }

  length(): number {
    return this.input.varint32()
  }
}

function typeOf(kind: number): number {
  const type = TYPES[kind]
  if (type === undefined) throw new Malformed()
  return type
}
