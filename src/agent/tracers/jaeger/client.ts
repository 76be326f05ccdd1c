import type { Span, SpanContext, SpanOptions, Tracer } from 'opentracing'
import { debug } from '../../log.js'

/** A finished span of jaeger-client, as far as it is read here: the names are its own. */
export interface JaegerSpan {
  /** Whatever the app gave. */
  readonly operationName: unknown
  /** Milliseconds since the epoch. */
  readonly _startTime: number
  /** Milliseconds. */
  readonly _duration: number
  readonly _tags: readonly Tag[]
  readonly _logs: readonly { readonly timestamp: number; readonly fields: readonly Tag[] }[]
  readonly _references: readonly JaegerReference[]
  context(): JaegerSpanContext
}

export interface Tag {
  readonly key: unknown
  readonly value: unknown
}

export interface JaegerReference {
  type(): string
  referencedContext(): unknown
}

/** Ids are bytes, or hex digits, or both: each of the two is made from the other where it is missing. */
export interface JaegerSpanContext extends SpanContext {
  readonly traceId: Uint8Array | null | undefined
  readonly spanId: Uint8Array | null | undefined
  readonly parentId: Uint8Array | null | undefined
  readonly traceIdStr: string | null | undefined
  readonly spanIdStr: string | null | undefined
  readonly parentIdStr: string | null | undefined
  readonly flags: number
  readonly baggage: Readonly<Record<string, string>>
  /** One object for all spans of a trace in this process. */
  readonly _samplingState: object
}

/** Where jaeger-client's tracer hands its finished, sampled spans. */
export interface Reporter {
  /** Called once, before the first span, with what holds for every span of the process. */
  setProcess(serviceName: string, tags: readonly Tag[]): void
  report(span: JaegerSpan): void
  /** Called when the app closes the tracer: no more spans will come. */
  close(done?: () => void): void
}

/** Decides which traces are kept. Only jaeger-client looks inside. */
export interface Sampler {
  name(): string
}

/** One that looks at the operation alone, if at anything. */
export interface SimpleSampler extends Sampler {
  /** Puts the tags of the decision into `tags`, where the span is to be kept. */
  isSampled(operation: unknown, tags: object): boolean
  onCreateSpan(span: { readonly operationName: unknown }): Decision
}

interface Decision {
  readonly sample: boolean
  /** Whether the sampler may be asked again, when more is known of the span. */
  readonly retryable: boolean
  readonly tags: object
}

/** Part of jaeger-client's `RemoteSampler`, which learns from the Jaeger agent what to keep. */
export interface RemoteSampler extends Sampler {
  _handleSamplingServerResponse(json: string): void
}

/** What limits the traces a second: a balance of credits, one for each trace. */
export interface RateLimiter {
  readonly _creditsPerSecond: number
  readonly _maxBalance: number
  _balance: number
  _updateBalance(): void
}

export interface JaegerTracer extends Tracer {
  now(): number
  startSpan(name: string, options?: SpanOptions): Span & JaegerSpan
  registerInjector(format: string, injector: Codec): void
  registerExtractor(format: string, extractor: Codec): void
}

/** How a span context is written into headers, and read from them. */
export interface Codec {
  inject(context: JaegerSpanContext, carrier: unknown): void
  extract(carrier: unknown): JaegerSpanContext | null
}

/** What jaeger-client has to say goes where `TRACE_DEBUG` shows it. */
export const logger = { info: debug, error: debug }

interface Classes {
  tracer: new (
    serviceName: string,
    reporter: Reporter,
    sampler: Sampler,
    options: { logger: typeof logger; tags: Readonly<Record<string, string>> },
  ) => JaegerTracer
  span_context: {
    withStringIds(
      traceId: string | null,
      spanId: string | null,
      parentId: string | null,
      flags: number,
      baggage: Readonly<Record<string, string>>,
      debugId: string,
    ): JaegerSpanContext
    withBinaryIds(
      traceId: Uint8Array,
      spanId: Uint8Array,
      parentId: Uint8Array | null,
      flags: number,
      baggage: Readonly<Record<string, string>>,
    ): JaegerSpanContext
  }
  rate_limiter: { readonly prototype: RateLimiter }
  'samplers/const_sampler': new (keep: boolean) => SimpleSampler
  'samplers/probabilistic_sampler': new (rate: number) => SimpleSampler
  'samplers/rate_limiting_sampler': new (tracesPerSecond: number) => SimpleSampler
  'samplers/remote_sampler': new (
    serviceName: string,
    options: { sampler: Sampler; refreshInterval: number; logger: typeof logger },
  ) => RemoteSampler
}

/**
 * Loads one class of jaeger-client from its own file. The package's main file would load thriftrw, the old reporters
 * and 150 files, which takes 60 to 100 ms.
 */
export function load<File extends keyof Classes>(file: File): Classes[File] {
  // Its files import each other in circles, which end well only from here.
  require('jaeger-client/dist/src/tracer')
  const module: { default: Classes[File] } = require(`jaeger-client/dist/src/${file}`)
  return module.default
}
