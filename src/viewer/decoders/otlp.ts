/**
 * What OTLP sends for one resource, as both its encodings are read. Ids are hex.
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
 */
export interface ResourceSpans {
  readonly resource: readonly Attribute[]
  readonly scopes: readonly ScopeSpans[]
}

export interface ScopeSpans {
  readonly name: string
  readonly version: string
  readonly spans: readonly OtlpSpan[]
}

export interface OtlpSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  readonly traceState: string
  readonly name: string
  readonly kind: number
  /** Nanoseconds since the epoch. */
  readonly start: bigint
  readonly end: bigint
  readonly attributes: readonly Attribute[]
  readonly events: readonly {
    readonly time: bigint
    readonly name: string
    readonly attributes: readonly Attribute[]
  }[]
  readonly links: readonly {
    readonly traceId: string
    readonly spanId: string
    readonly attributes: readonly Attribute[]
  }[]
  readonly status: { readonly code: number; readonly message: string }
}

export interface Attribute {
  readonly key: string
  readonly value: AttributeValue
}

/** `undefined` is the empty value. */
export type AttributeValue =
  | string
  | bigint
  | number
  | boolean
  | { readonly base64: string }
  | readonly AttributeValue[]
  | { readonly attributes: readonly Attribute[] }
  | undefined
