import type { Span, SpanOptions, Tracer } from 'opentracing'

/** What is used of `@opentelemetry/api`. */
export interface Api {
  readonly SpanKind: Readonly<Record<string, number>>
  readonly SpanStatusCode: { readonly ERROR: number }
  readonly trace: {
    getSpanContext(context: Context): OtelSpanContext | undefined
    setSpanContext(context: Context, spanContext: OtelSpanContext): Context
    deleteSpan(context: Context): Context
  }
  readonly propagation: {
    createBaggage(entries: Readonly<Record<string, { value: string }>>): Baggage
    getBaggage(context: Context): Baggage | undefined
    setBaggage(context: Context, baggage: Baggage): Context
  }
  createTraceState(text: string): TraceState
}

/** Values by key, which only OpenTelemetry looks into. */
export type Context = object

export interface OtelSpanContext {
  /** 32 hex digits, all of them 0 where there is no trace. */
  readonly traceId: string
  /** 16 hex digits. */
  readonly spanId: string
  readonly traceFlags: number
  readonly isRemote?: boolean
  readonly traceState?: TraceState | undefined
}

export interface TraceState {
  serialize(): string
}

interface Baggage {
  getAllEntries(): readonly (readonly [key: string, entry: { readonly value: string }])[]
}

/** What is used of `@opentelemetry/resources`. */
export interface Resources {
  /** Reads `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly envDetector: { detect(): { readonly attributes?: Attributes } }
  defaultResource(): Resource
  resourceFromAttributes(attributes: Attributes): Resource
}

interface Resource {
  merge(other: Resource): Resource
}

export type Attributes = Record<string, unknown>

/** What is used of `@opentelemetry/sdk-trace-base`. */
export interface Sdk {
  BasicTracerProvider: new (config: {
    resource: Resource
    sampler: Sampler
    spanProcessors: readonly SpanProcessor[]
  }) => { getTracer(name: string): OtelTracer }
  AlwaysOnSampler: new () => Sampler
  AlwaysOffSampler: new () => Sampler
  TraceIdRatioBasedSampler: new (share: number) => Sampler
  ParentBasedSampler: new (samplers: { root: Sampler }) => Sampler
}

export interface OtelTracer {
  startSpan(name: string, options: OtelSpanOptions, context: Context): OtelSpan
}

export interface OtelSpanOptions {
  readonly startTime?: number
  readonly root?: boolean
  readonly links?: readonly Link[]
}

export interface Link {
  readonly context: OtelSpanContext
  readonly attributes?: Attributes
}

export interface OtelSpan {
  spanContext(): OtelSpanContext
  setAttribute(key: string, value: string | number | boolean): unknown
  addEvent(name: string, attributes: Attributes, time: number): unknown
  setStatus(status: { code: number; message?: string }): unknown
  updateName(name: string): unknown
  end(time: number): void
  isRecording(): boolean
}

export interface Sampler {
  shouldSample(
    context: Context,
    traceId: string,
    name: string,
    kind: number,
    attributes: Attributes,
    links: readonly Link[],
  ): { decision: number; attributes?: Attributes; traceState?: TraceState | undefined }
  toString(): string
}

export interface SpanProcessor {
  onStart(): void
  onEnd(span: ReadableSpan): void
  forceFlush(): Promise<void>
  shutdown(): Promise<void>
}

/** A finished span, as a serializer takes it. */
export interface ReadableSpan {
  readonly name: string
  readonly kind: number
  readonly attributes: Attributes
  readonly events: readonly { readonly name: string; readonly attributes?: Attributes }[]
  spanContext(): OtelSpanContext
}

/** What is used of `@opentelemetry/otlp-transformer`. */
export interface Serializers {
  readonly ProtobufTraceSerializer: Serializer
  readonly JsonTraceSerializer: Serializer
}

export interface Serializer {
  serializeRequest(spans: readonly ReadableSpan[]): Uint8Array | undefined
}

/** What is used of `@opentelemetry/shim-opentracing`. */
export interface Shim {
  TracerShim: new (
    tracer: { startSpan(name: string, options: OtelSpanOptions, context: Context): object },
    propagators: { textMapPropagator: Propagator; httpHeadersPropagator: Propagator },
  ) => Tracer & { startSpan(name: string, options?: SpanOptions): Span }
}

export interface Propagator {
  inject(context: Context, carrier: unknown): void
  extract(context: Context, carrier: unknown): Context
  fields(): string[]
}
