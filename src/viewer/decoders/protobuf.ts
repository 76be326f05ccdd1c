import { Input, Malformed } from './input.js'

/** A message: the values of its fields, by their numbers. What a value means is for the caller to know. */
export type Message = ReadonlyMap<number, readonly Field[]>

/** A number where the wire has a varint, else bytes. */
export type Field = bigint | Input

const VARINT = 0
const FIXED_64 = 1
const BYTES = 2
const FIXED_32 = 5

const EMPTY: Message = new Map()
const NOTHING = new Input(Buffer.alloc(0))
const EIGHT_ZEROS = new Input(Buffer.alloc(8))

/** Reads the fields of a message. Throws `Malformed`. https://protobuf.dev/programming-guides/encoding/ */
export function readMessage(input: Input): Message {
  if (input.length === 0) return EMPTY
  const message = new Map<number, Field[]>()
  while (input.length > 0) {
    input.item()
    const tag = input.varint32()
    const field = readField(input, tag & 0b111)
    const fields = message.get(tag >>> 3)
    if (fields === undefined) message.set(tag >>> 3, [field])
    else fields.push(field)
  }
  return message
}

function readField(input: Input, type: number): Field {
  if (type === VARINT) return input.varint64()
  if (type === FIXED_64) return input.part(8)
  if (type === BYTES) return input.part(input.varint32())
  if (type === FIXED_32) return input.part(4)
  throw new Malformed()
}

/** The messages of a field that may be repeated. */
export function messagesAt(message: Message, number: number): Message[] {
  return (message.get(number) ?? []).map((field) => readMessage(asBytes(field)))
}

/** The message of a field; an empty one where it was not written. */
export function messageAt(message: Message, number: number): Message {
  return readMessage(bytesAt(message, number))
}

/** The bytes of a field: the last, where it was written more than once; none where it was not. */
export function bytesAt(message: Message, number: number): Input {
  return asBytes(message.get(number)?.at(-1) ?? NOTHING)
}

export function textAt(message: Message, number: number): string {
  return bytesAt(message, number).text()
}

/** 0 where it was not written, as everywhere in this encoding. */
export function varintAt(message: Message, number: number): bigint {
  const field = message.get(number)?.at(-1) ?? 0n
  if (typeof field !== 'bigint') throw new Malformed()
  return field
}

/** An unsigned number of 64 bits in as many bytes. */
export function fixed64At(message: Message, number: number): bigint {
  const input = eightAt(message, number)
  return input.bytes.readBigUInt64LE(input.at)
}

export function doubleAt(message: Message, number: number): number {
  const input = eightAt(message, number)
  return input.bytes.readDoubleLE(input.at)
}

function eightAt(message: Message, number: number): Input {
  const input = asBytes(message.get(number)?.at(-1) ?? EIGHT_ZEROS)
  if (input.length !== 8) throw new Malformed()
  return input
}

function asBytes(field: Field): Input {
  if (typeof field === 'bigint') throw new Malformed()
  return field
}
