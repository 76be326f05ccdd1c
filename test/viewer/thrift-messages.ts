/** What Jaeger's clients send, written by Apache's own library in either protocol: no line of ours is in this encoder. */
export type ProtocolName = 'binary' | 'compact'

export interface SentSpan {
  readonly traceIdHigh?: bigint
  readonly traceIdLow: bigint
  readonly spanId: bigint
  readonly parentSpanId?: bigint
  readonly operationName?: string
  readonly references?: readonly SentReference[]
  readonly flags?: number
  readonly startTime?: number
  readonly duration?: number
  readonly tags?: SentTags
  readonly logs?: readonly { readonly timestamp: number; readonly fields: SentTags }[]
}

export interface SentReference {
  readonly refType: number
  readonly traceIdHigh?: bigint
  readonly traceIdLow: bigint
  readonly spanId: bigint
}

/** A number is a DOUBLE, a bigint a LONG. */
export type SentTags = readonly (readonly [key: string, value: string | number | boolean | bigint | Buffer])[]

export interface SentProcess {
  readonly serviceName: string
  readonly tags?: SentTags
}

/** A packet for Jaeger's agent. */
export function packet(process: SentProcess, spans: readonly SentSpan[], protocol: ProtocolName = 'binary'): Buffer {
  return encode(protocol, (out) => {
    out.writeMessageBegin('emitBatch', ONEWAY, 7)
    out.writeFieldBegin('batch', STRUCT, 1)
    writeBatch(out, process, spans)
    out.writeFieldStop()
    out.writeMessageEnd()
  })
}

/** The body of a request to Jaeger's collector. */
export function batch(process: SentProcess, spans: readonly SentSpan[]): Buffer {
  return encode('binary', (out) => writeBatch(out, process, spans))
}

const { TBinaryProtocol, TCompactProtocol, TBufferedTransport, Int64 }: ApacheThrift = require('thrift')
const protocols = { binary: TBinaryProtocol, compact: TCompactProtocol }
const ONEWAY = 4
const [BOOL, DOUBLE, I32, I64, STRING, STRUCT, LIST] = [2, 4, 8, 10, 11, 12, 15]

function encode(name: ProtocolName, write: (out: Protocol) => void): Buffer {
  const written: Buffer[] = []
  const out = new protocols[name](new TBufferedTransport(undefined, (bytes) => written.push(Buffer.from(bytes))))
  write(out)
  out.flush()
  return Buffer.concat(written)
}

function writeBatch(out: Protocol, { serviceName, tags = [] }: SentProcess, spans: readonly SentSpan[]): void {
  struct(out, () => {
    field(out, STRUCT, 1, () =>
      struct(out, () => {
        field(out, STRING, 1, () => out.writeString(serviceName))
        list(out, 2, tags, writeTag)
      }),
    )
    list(out, 2, spans, writeSpan)
  })
}

function writeSpan(out: Protocol, span: SentSpan): void {
  const { references = [], tags = [], logs = [] } = span
  const ids = [span.traceIdLow, span.traceIdHigh ?? 0n, span.spanId, span.parentSpanId ?? 0n]
  struct(out, () => {
    for (const [index, id] of ids.entries()) field(out, I64, index + 1, () => out.writeI64(int64(id)))
    field(out, STRING, 5, () => out.writeString(span.operationName ?? 'GET'))
    if (references.length > 0) list(out, 6, references, writeReference)
    field(out, I32, 7, () => out.writeI32(span.flags ?? 1))
    field(out, I64, 8, () => out.writeI64(int64(BigInt(span.startTime ?? 1_700_000_000_000_000))))
    field(out, I64, 9, () => out.writeI64(int64(BigInt(span.duration ?? 1_000))))
    if (tags.length > 0) list(out, 10, tags, writeTag)
    if (logs.length > 0)
      list(out, 11, logs, (_, { timestamp, fields }) =>
        struct(out, () => {
          field(out, I64, 1, () => out.writeI64(int64(BigInt(timestamp))))
          list(out, 2, fields, writeTag)
        }),
      )
  })
}

function writeReference(out: Protocol, { refType, traceIdHigh = 0n, traceIdLow, spanId }: SentReference): void {
  struct(out, () => {
    field(out, I32, 1, () => out.writeI32(refType))
    for (const [index, id] of [traceIdLow, traceIdHigh, spanId].entries())
      field(out, I64, index + 2, () => out.writeI64(int64(id)))
  })
}

function writeTag(out: Protocol, [key, value]: SentTags[number]): void {
  struct(out, () => {
    field(out, STRING, 1, () => out.writeString(key))
    const [kind, type, id, write] = tagField(out, value)
    field(out, I32, 2, () => out.writeI32(kind))
    field(out, type, id, write)
  })
}

function tagField(out: Protocol, value: SentTags[number][1]): [kind: number, type: number, id: number, () => void] {
  if (typeof value === 'string') return [0, STRING, 3, () => out.writeString(value)]
  if (typeof value === 'number') return [1, DOUBLE, 4, () => out.writeDouble(value)]
  if (typeof value === 'boolean') return [2, BOOL, 5, () => out.writeBool(value)]
  if (typeof value === 'bigint') return [3, I64, 6, () => out.writeI64(int64(value))]
  return [4, STRING, 7, () => out.writeBinary(value)]
}

function struct(out: Protocol, write: () => void): void {
  out.writeStructBegin('')
  write()
  out.writeFieldStop()
  out.writeStructEnd()
}

function field(out: Protocol, type: number, id: number, write: () => void): void {
  out.writeFieldBegin('', type, id)
  write()
  out.writeFieldEnd()
}

function list<Item>(
  out: Protocol,
  id: number,
  items: readonly Item[],
  write: (out: Protocol, item: Item) => void,
): void {
  field(out, LIST, id, () => {
    out.writeListBegin(STRUCT, items.length)
    for (const item of items) write(out, item)
    out.writeListEnd()
  })
}

function int64(value: bigint): object {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt.asIntN(64, value))
  return new Int64(bytes)
}

interface Protocol {
  writeMessageBegin(name: string, type: number, sequence: number): void
  writeMessageEnd(): void
  writeStructBegin(name: string): void
  writeStructEnd(): void
  writeFieldBegin(name: string, type: number, id: number): void
  writeFieldEnd(): void
  writeFieldStop(): void
  writeListBegin(type: number, size: number): void
  writeListEnd(): void
  writeBool(value: boolean): void
  writeI32(value: number): void
  writeI64(value: object): void
  writeDouble(value: number): void
  writeString(value: string): void
  writeBinary(value: Buffer): void
  flush(): void
}

interface ApacheThrift {
  TBinaryProtocol: new (transport: object) => Protocol
  TCompactProtocol: new (transport: object) => Protocol
  TBufferedTransport: new (buffer: undefined, flushed: (bytes: Uint8Array) => void) => object
  Int64: new (bytes: Buffer) => object
}
