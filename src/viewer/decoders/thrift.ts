import { DEEPEST, type Input, Malformed } from './input.js'

/** A value of Thrift, of whatever type. Text and bytes are the same on the wire. */
export type Value = boolean | number | bigint | Input | readonly Value[] | Struct

/** The fields of a struct, by their numbers. */
export type Struct = ReadonlyMap<number, Value>

/** How one of Thrift's protocols writes the values; the types go by the binary protocol's numbers. */
export interface Protocol {
  readonly input: Input
  /** The name of the function that a message calls. */
  message(): string
  /** The field after the one numbered `last`, or `undefined` at the end of the struct. */
  field(last: number): Field | undefined
  list(): { readonly type: number; readonly size: number }
  map(): { readonly key: number; readonly value: number; readonly size: number }
  bool(): boolean
  i16(): number
  i32(): number
  i64(): bigint
  double(): number
  /** The length of text or bytes. */
  length(): number
}

export interface Field {
  readonly id: number
  readonly type: number
  /** Where the head of a field says it all. */
  readonly value?: boolean
}

export const BOOL = 2
export const BYTE = 3
export const DOUBLE = 4
export const I16 = 6
export const I32 = 8
export const I64 = 10
export const STRING = 11
export const STRUCT = 12
export const MAP = 13
export const SET = 14
export const LIST = 15

const readers: Readonly<Record<number, (protocol: Protocol, depth: number) => Value>> = {
  [BOOL]: (protocol) => protocol.bool(),
  [BYTE]: ({ input }) => input.byte(),
  [DOUBLE]: (protocol) => protocol.double(),
  [I16]: (protocol) => protocol.i16(),
  [I32]: (protocol) => protocol.i32(),
  [I64]: (protocol) => protocol.i64(),
  [STRING]: (protocol) => protocol.input.part(protocol.length()),
  [STRUCT]: readStruct,
  [MAP]: readMap,
  [SET]: readList,
  [LIST]: readList,
}

/** Reads a struct with all that is in it, as deep as `DEEPEST`. Throws `Malformed`. */
export function readStruct(protocol: Protocol, depth = 0): Struct {
  const struct = new Map<number, Value>()
  for (let field = protocol.field(0); field !== undefined; field = protocol.field(field.id)) {
    struct.set(field.id, field.value ?? readValue(protocol, field.type, depth + 1))
  }
  return struct
}

function readValue(protocol: Protocol, type: number, depth: number): Value {
  protocol.input.item()
  const read = readers[type]
  if (read === undefined || depth > DEEPEST) throw new Malformed()
  return read(protocol, depth)
}

function readList(protocol: Protocol, depth: number): Value[] {
  const { type, size } = protocol.list()
  const values: Value[] = []
  // Nothing is set aside for a size that the input only claims.
  for (let index = 0; index < size; index++) values.push(readValue(protocol, type, depth + 1))
  return values
}

/** Jaeger has none; what a later release adds is passed over. */
function readMap(protocol: Protocol, depth: number): Value[] {
  const { key, value, size } = protocol.map()
  for (let index = 0; index < size; index++) {
    readValue(protocol, key, depth + 1)
    readValue(protocol, value, depth + 1)
  }
  return []
}
