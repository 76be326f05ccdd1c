/** What is thrown inside a decoder about bytes that are not what they should be. No decoder lets it out. */
export class Malformed extends Error {}

/** Runs a decoder; `undefined` where the input is malformed. Never throws for what came from outside. */
export function decode<Value>(decoder: () => Value): Value | undefined {
  try {
    return decoder()
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

/** So deep may structures be nested; what clients send has five levels, and attributes of attributes. */
export const DEEPEST = 32
/** So many fields, elements and attributes may one message have: a few bytes of input become objects of a hundred. */
const MOST_ITEMS = 2_000_000

/** Bytes, read from the first to the last, with the numbers that both compact Thrift and Protocol Buffers use. */
export class Input {
  private readonly whole: Input
  private items = 0

  constructor(
    readonly bytes: Buffer,
    /** Where the next byte is. */
    public at = 0,
    private readonly end = bytes.length,
    whole?: Input,
  ) {
    this.whole = whole ?? this
  }

  get length(): number {
    return this.end - this.at
  }

  /** Goes on behind the next bytes, and answers where they begin. */
  pass(length: number): number {
    const start = this.at
    if (length > this.end - start) throw new Malformed()
    this.at = start + length
    return start
  }

  /** The next bytes, without a copy of them. */
  part(length: number): Input {
    const start = this.pass(length)
    return new Input(this.bytes, start, this.at, this.whole)
  }

  /** What is left, as text; what is no UTF-8 becomes U+FFFD. */
  text(): string {
    return this.bytes.toString('utf8', this.at, this.end)
  }

  /** What is left, as digits. */
  digits(encoding: 'hex' | 'base64'): string {
    return this.bytes.toString(encoding, this.at, this.end)
  }

  byte(): number {
    const byte = this.bytes[this.pass(1)]
    if (byte === undefined) throw new Malformed()
    return byte
  }

  /** An unsigned number of at most 32 bits, seven to a byte. */
  varint32(): number {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) {
        if (value > 0xffff_ffff) break
        return value
      }
    }
    throw new Malformed()
  }

  /** An unsigned number of at most 64 bits, seven to a byte. */
  varint64(): bigint {
    let [low, high] = [0, 0]
    for (let index = 0; index < 10; index++) {
      const byte = this.byte()
      // Numbers of 49 bits are exact.
      if (index < 7) low += (byte & 0x7f) * 2 ** (7 * index)
      else high += (byte & 0x7f) * 2 ** (7 * (index - 7))
      if (byte < 0x80) {
        return high === 0 ? BigInt(low) : BigInt.asUintN(64, BigInt(low) + (BigInt(high) << 49n))
      }
    }
    throw new Malformed()
  }

  /** Counts what is about to be made of the input. */
  item(): void {
    if (++this.whole.items > MOST_ITEMS) throw new Malformed()
  }
}

/** An id of 64 bits, as Jaeger writes it. */
export function hexId(id: bigint): string {
  return BigInt.asUintN(64, id).toString(16).padStart(16, '0')
}

/** The id of a trace: 128 bits where the upper 64 are not zero. */
export function traceIdOf(high: bigint, low: bigint): string {
  return high === 0n ? hexId(low) : hexId(high) + hexId(low)
}
