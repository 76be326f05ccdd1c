import {
  REFERENCE_CHILD_OF,
  type Reference,
  type Span,
  type SpanContext,
  type SpanOptions,
  type Tracer,
} from 'opentracing'
import { now } from '../../clock.js'
import type { Packages } from './packages.js'
import type { Context, Link, OtelSpanOptions, OtelTracer, Propagator } from './sdk.js'
import { LenientSpan } from './span.js'

/** OpenTelemetry's own OpenTracing shim, kept to what OpenTracing says where the shim and the SDK are not. */
export function openTracing({ api, shim }: Packages, tracer: OtelTracer, propagator: Propagator): Tracer {
  const inner = new LenientTracer(tracer, api.SpanStatusCode.ERROR)

  /** The shim knows a parent by `childOf` alone, and without one takes what is active in OpenTelemetry's own context. */
  class OpenTracingShim extends shim.TracerShim {
    override startSpan(name: string, { tags = {}, references = [], ...options }: SpanOptions = {}): Span {
      const known = references.flatMap(ofShim)
      const first = known.find((reference) => reference.type() === REFERENCE_CHILD_OF) ?? known[0]
      const parent = contextOf(options.childOf) ?? first?.referencedContext()
      const links = known.filter((reference) => reference !== first || reference.type() !== REFERENCE_CHILD_OF)
      inner.isRoot = parent === undefined
      const span = super.startSpan(String(name), {
        startTime: options.startTime ?? now(),
        ...(parent && { childOf: parent }),
        ...(links.length > 0 && { references: links }),
      })
      // Of tags at the start, the shim makes no status.
      return span.addTags(tags)
    }
  }

  return new OpenTracingShim(inner, { textMapPropagator: propagator, httpHeadersPropagator: propagator })
}

/** The SDK's tracer, as the shim calls it. */
class LenientTracer {
  /** Whether the next span has no parent. */
  isRoot = false

  constructor(
    private readonly tracer: OtelTracer,
    private readonly errorCode: number,
  ) {}

  startSpan(name: string, options: OtelSpanOptions, context: Context): LenientSpan {
    const links = options.links?.map(renamed)
    const span = this.tracer.startSpan(name, { ...options, root: this.isRoot, ...(links && { links }) }, context)
    return new LenientSpan(span, this.errorCode)
  }
}

/** The shim tells the type of a reference as `span.kind`. */
function renamed({ context, attributes }: Link): Link {
  return { context, attributes: { 'opentracing.ref_type': attributes?.['span.kind'] } }
}

/** A reference as the shim understands it; none where it leads to another tracer's span. */
function ofShim(reference: Reference): Reference[] {
  const context = contextOf(reference.referencedContext())
  return context === undefined ? [] : [Object.create(reference, { referencedContext: { value: () => context } })]
}

/** The shim's context of a span or context, which two copies of OpenTracing cannot tell apart. */
function contextOf(parent: unknown): SpanContext | undefined {
  if (typeof parent !== 'object' || parent === null) return undefined
  if (isSpan(parent)) return parent.context()
  return isContext(parent) ? parent : undefined
}

function isSpan(value: object): value is Span {
  return 'getSpan' in value
}

function isContext(value: object): value is SpanContext {
  return 'getSpanContext' in value
}
