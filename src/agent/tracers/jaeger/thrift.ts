import { pieceOf } from './pieces.js'

/**
 * Writes Apache Thrift's binary protocol into a buffer that is used over and over.
 * The caller sees to it that `capacity` is enough: what is written beyond it is lost, or throws.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-binary-protocol.md
 */
export class ThriftWriter {
  at = 0
  private readonly bytes: Buffer

  constructor(capacity: number) {
    this.bytes = Buffer.alloc(capacity)
  }

  /** The head of a field: its type, and its number in the struct. */
  field(type: number, id: number): void {
    const { bytes, at } = this
    bytes[at] = type
    bytes[at + 1] = 0
    bytes[at + 2] = id
    this.at = at + 3
  }

  byte(value: number): void {
    this.bytes[this.at++] = value
  }

  i32(value: number): void {
    this.i32At(this.at, value)
    this.at += 4
  }

  /** For a count or length that is known only after what it counts. */
  i32At(at: number, value: number): void {
    const { bytes } = this
    bytes[at] = value >>> 24
    bytes[at + 1] = value >>> 16
    bytes[at + 2] = value >>> 8
    bytes[at + 3] = value
  }

  /** Milliseconds with a fraction, as whole microseconds; what is no time, or before 1970, as 0. */
  microseconds(milliseconds: number): void {
    const rounded = Math.round(milliseconds * 1_000)
    const value = rounded >= 0 && rounded <= Number.MAX_SAFE_INTEGER ? rounded : 0
    this.i32(Math.floor(value / 2 ** 32))
    this.i32((value % 2 ** 32) | 0)
  }

  double(value: number): void {
    this.at = this.bytes.writeDoubleBE(value, this.at)
  }

  /** The eight bytes of a big-endian number that end at `end`; zeros stand for those it does not have. */
  id(number: Uint8Array, end: number): void {
    const { bytes, at } = this
    const before = end - ID_LENGTH
    for (let index = 0; index < ID_LENGTH; index++) {
      const from = before + index
      // An index below zero is looked up as the name of a property, which takes long.
      bytes[at + index] = from < 0 ? 0 : (number[from] ?? 0)
    }
    this.at = at + ID_LENGTH
  }

  binary(value: Uint8Array): void {
    this.i32(value.length)
    this.encoded(value)
  }

  /** What was encoded before. */
  encoded(bytes: Uint8Array): void {
    this.bytes.set(bytes, this.at)
    this.at += bytes.length
  }

  /** At most `longest` characters; what is no Unicode becomes U+FFFD. */
  text(value: string, longest: number): void {
    const start = this.at + 4
    const length = value.length <= SHORT ? this.ascii(value, start) : NOT_ASCII
    const written = length === NOT_ASCII ? this.bytes.write(cut(value, longest), start) : length
    this.i32(written)
    this.at += written
  }

  /** Makes room for `value` at an earlier place. */
  insert(value: Uint8Array, at: number): void {
    this.bytes.copyWithin(at + value.length, at, this.at)
    this.bytes.set(value, at)
    this.at += value.length
  }

  /** What was written from `start` on, to be written again. */
  since(start: number): Uint8Array {
    return new Uint8Array(this.bytes.subarray(start, this.at))
  }

  /** What was written so far, as bytes of its own. */
  copy(): Buffer {
    return pieceOf(this.bytes, this.at)
  }

  /** A loop beats the call of a native function on short text. */
  private ascii(value: string, start: number): number {
    const { bytes } = this
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index)
      if (code > LAST_ASCII) return NOT_ASCII
      bytes[start + index] = code
    }
    return value.length
  }
}

/** The types of the protocol, by their numbers on the wire. */
export const BOOL = 2
export const DOUBLE = 4
export const I32 = 8
export const I64 = 10
export const STRING = 11
export const STRUCT = 12
export const LIST = 15
/** What ends a struct. */
export const STOP = 0

const ID_LENGTH = 8
const SHORT = 64
const LAST_ASCII = 0x7f
const NOT_ASCII = -1

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text
  const last = text.charCodeAt(longest - 1)
  const isHalfAPair = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, isHalfAPair ? longest - 1 : longest)
}
