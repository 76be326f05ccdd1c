import { type Input, Malformed } from './input.js'
import type { Field, Protocol } from './thrift.js'

const VERSION = 0x8001
const STOP = 0

/**
 * Thrift's binary protocol, strict or not.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-binary-protocol.md
 */
export class BinaryProtocol implements Protocol {
  constructor(readonly input: Input) {}

  message(): string {
    const first = this.i32()
    if (first < 0 && first >>> 16 !== VERSION) throw new Malformed()
    const name = this.input.part(first < 0 ? this.length() : first)
    // The type of message, which is known, and a sequence number, which nobody answers.
    this.input.pass(first < 0 ? 4 : 5)
    return name.text()
  }

  field(): Field | undefined {
    const type = this.input.byte()
    return type === STOP ? undefined : { type, id: this.i16() }
  }

  list(): { type: number; size: number } {
    return { type: this.input.byte(), size: this.length() }
  }

  map(): { key: number; value: number; size: number } {
    return { key: this.input.byte(), value: this.input.byte(), size: this.length() }
  }

  bool(): boolean {
    return this.input.byte() !== 0
  }

  i16(): number {
    return this.input.bytes.readInt16BE(this.input.pass(2))
  }

  i32(): number {
    return this.input.bytes.readInt32BE(this.input.pass(4))
  }

  i64(): bigint {
    return this.input.bytes.readBigInt64BE(this.input.pass(8))
  }

  double(): number {
    return this.input.bytes.readDoubleBE(this.input.pass(8))
  }

  length(): number {
    const length = this.i32()
    if (length < 0) throw new Malformed()
    return length
  }
}
