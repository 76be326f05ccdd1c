/** An `ExportTraceServiceRequest` as OpenTelemetry's JSON has it, of which the tests use this much. */
export interface OtlpRequest {
  readonly resourceSpans: readonly {
    readonly resource?: { readonly attributes: readonly OtlpAttribute[] }
    readonly scopeSpans: readonly {
      readonly scope?: { readonly name?: string; readonly version?: string }
      readonly spans: readonly OtlpSpan[]
    }[]
  }[]
}

export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly traceState?: string
  readonly name: string
  readonly kind?: number
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes?: readonly OtlpAttribute[]
  readonly events?: readonly {
    readonly timeUnixNano: string
    readonly name: string
    readonly attributes?: readonly OtlpAttribute[]
  }[]
  readonly links?: readonly {
    readonly traceId: string
    readonly spanId: string
    readonly attributes?: readonly OtlpAttribute[]
  }[]
  readonly status?: { readonly code?: number; readonly message?: string }
}

export interface OtlpAttribute {
  readonly key: string
  readonly value: OtlpValue
}

export type OtlpValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string | number }
  | { readonly doubleValue: number }
  | { readonly bytesValue: string }
  | { readonly arrayValue: { readonly values: readonly OtlpValue[] } }
  | { readonly kvlistValue: { readonly values: readonly OtlpAttribute[] } }
  | Record<string, never>

/** A span without anything that is not needed. */
export function otlpSpan(span: Partial<OtlpSpan> = {}): OtlpSpan {
  return {
    traceId: '0102030405060708090a0b0c0d0e0f10',
    spanId: '1112131415161718',
    name: 'GET',
    startTimeUnixNano: '1700000000000000000',
    endTimeUnixNano: '1700000000001000000',
    ...span,
  }
}

export function otlpRequest(service: string, spans: readonly OtlpSpan[]): OtlpRequest {
  const attributes = [{ key: 'service.name', value: { stringValue: service } }]
  return { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] }
}

/** The same request in Protocol Buffers, written by the numbers of OpenTelemetry's definition. */
export function otlpProtobuf({ resourceSpans }: OtlpRequest): Buffer {
  return message(
    ...resourceSpans.map(({ resource, scopeSpans }) =>
      bytes(
        1,
        message(
          bytes(1, message(...attributes(1, resource?.attributes))),
          ...scopeSpans.map(({ scope = {}, spans }) =>
            bytes(
              2,
              message(
                bytes(1, message(text(1, scope.name), text(2, scope.version))),
                ...spans.map((span) => bytes(2, spanMessage(span))),
              ),
            ),
          ),
        ),
      ),
    ),
  )
}

function spanMessage(span: OtlpSpan): Buffer {
  return message(
    bytes(1, Buffer.from(span.traceId, 'hex')),
    bytes(2, Buffer.from(span.spanId, 'hex')),
    text(3, span.traceState),
    span.parentSpanId ? bytes(4, Buffer.from(span.parentSpanId, 'hex')) : NOTHING,
    text(5, span.name),
    varint(6, BigInt(span.kind ?? 0)),
    fixed64(7, span.startTimeUnixNano),
    fixed64(8, span.endTimeUnixNano),
    ...attributes(9, span.attributes),
    ...(span.events ?? []).map((event) =>
      bytes(11, message(fixed64(1, event.timeUnixNano), text(2, event.name), ...attributes(3, event.attributes))),
    ),
    ...(span.links ?? []).map((link) =>
      bytes(
        13,
        message(
          bytes(1, Buffer.from(link.traceId, 'hex')),
          bytes(2, Buffer.from(link.spanId, 'hex')),
          ...attributes(4, link.attributes),
        ),
      ),
    ),
    bytes(15, message(text(2, span.status?.message), varint(3, BigInt(span.status?.code ?? 0)))),
  )
}

function attributes(number: number, all: readonly OtlpAttribute[] = []): Buffer[] {
  return all.map(({ key, value }) => bytes(number, message(text(1, key), bytes(2, valueMessage(value)))))
}

function valueMessage(value: OtlpValue): Buffer {
  if ('stringValue' in value) return bytes(1, Buffer.from(String(value.stringValue)))
  if ('boolValue' in value) return varint(2, value.boolValue ? 1n : 0n)
  if ('intValue' in value) return varint(3, BigInt(value.intValue))
  if ('doubleValue' in value) return message(varuint(4 * 8 + 1), double(Number(value.doubleValue)))
  if ('arrayValue' in value) {
    const { values = [] }: { values?: readonly OtlpValue[] } = Object(value.arrayValue)
    return bytes(5, message(...values.map((each) => bytes(1, valueMessage(each)))))
  }
  if ('kvlistValue' in value) {
    const { values = [] }: { values?: readonly OtlpAttribute[] } = Object(value.kvlistValue)
    return bytes(6, message(...attributes(1, values)))
  }
  if ('bytesValue' in value) return bytes(7, Buffer.from(String(value.bytesValue), 'base64'))
  return NOTHING
}

const NOTHING = Buffer.alloc(0)

function message(...fields: Buffer[]): Buffer {
  return Buffer.concat(fields)
}

function bytes(number: number, value: Buffer): Buffer {
  return message(varuint(number * 8 + 2), varuint(value.length), value)
}

function text(number: number, value = ''): Buffer {
  return value === '' ? NOTHING : bytes(number, Buffer.from(value))
}

function varint(number: number, value: bigint): Buffer {
  return message(varuint(number * 8), varuint(BigInt.asUintN(64, value)))
}

function fixed64(number: number, value: string): Buffer {
  const eight = Buffer.alloc(8)
  eight.writeBigUInt64LE(BigInt(value))
  return message(varuint(number * 8 + 1), eight)
}

function double(value: number): Buffer {
  const eight = Buffer.alloc(8)
  eight.writeDoubleLE(value)
  return eight
}

function varuint(value: number | bigint): Buffer {
  const written: number[] = []
  let rest = BigInt(value)
  for (; rest >= 0x80n; rest >>= 7n) written.push(Number(rest & 0x7fn) | 0x80)
  return Buffer.from([...written, Number(rest)])
}
