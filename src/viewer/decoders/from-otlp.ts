import { sharedProcess } from '../store/shared.js'
import {
  byKey,
  type Log,
  makeInteger,
  makeLog,
  makeSpan,
  makeTag,
  type Process,
  type Reference,
  type Span,
  type Tag,
} from '../store/span.js'
import type { Attribute, AttributeValue, OtlpSpan, ResourceSpans, ScopeSpans } from './otlp.js'

const KINDS = [undefined, 'internal', 'server', 'client', 'producer', 'consumer']
const OK = 1
const ERROR = 2
const NO_RESOURCE = 'OTLPResourceNoServiceName'

/**
 * The spans as Jaeger's own collector would store them.
 * https://opentelemetry.io/docs/specs/otel/trace/sdk_exporters/jaeger/
 */
export function fromOtlp(all: readonly ResourceSpans[]): Span[] {
  return all.flatMap(({ resource, scopes }) => {
    const process = processOf(resource)
    return scopes.flatMap((scope) => scope.spans.map((span) => spanOf(span, scope, process)))
  })
}

function processOf(resource: readonly Attribute[]): Process {
  const name = resource.find(({ key }) => key === 'service.name')?.value
  const named = typeof name === 'string' && name !== '' ? name : 'empty-service-name'
  const tags = resource.filter(({ key }) => key !== 'service.name').map(tagOf)
  return sharedProcess({ serviceName: resource.length === 0 ? NO_RESOURCE : named, tags: tags.sort(byKey) })
}

function spanOf(span: OtlpSpan, scope: ScopeSpans, process: Process): Span {
  const traceID = shortened(span.traceId)
  const parent: Reference = { refType: 'CHILD_OF', traceID, spanID: span.parentSpanId }
  return makeSpan({
    traceID,
    spanID: span.spanId,
    flags: 0,
    operationName: span.name,
    references: [...(span.parentSpanId === '' ? [] : [parent]), ...span.links.map(referenceOf)],
    startTime: Number(span.start / 1_000n),
    duration: Number((span.end - span.start) / 1_000n),
    tags: tagsOf(span, scope),
    logs: span.events.map(logOf),
    warnings: [],
    process,
  })
}

function tagsOf({ kind, status, traceState, attributes }: OtlpSpan, { name, version }: ScopeSpans): Tag[] {
  const code = status.code === ERROR ? 'ERROR' : status.code === OK ? 'OK' : undefined
  return [
    ...textTag('otel.library.name', name),
    ...textTag('otel.library.version', version),
    ...attributes.map(tagOf),
    ...textTag('span.kind', KINDS[kind]),
    ...textTag('otel.status_code', code),
    ...(code === 'ERROR' ? [makeTag('error', 'bool', true)] : []),
    ...textTag('otel.status_description', status.message),
    ...textTag('w3c.tracestate', traceState),
  ]
}

function textTag(key: string, value: string | undefined): Tag[] {
  return value === undefined || value === '' ? [] : [makeTag(key, 'string', value)]
}

function logOf({ time, name, attributes }: OtlpSpan['events'][number]): Log {
  const isNamed = name === '' || attributes.some(({ key }) => key === 'event')
  const fields = attributes.map(tagOf)
  return makeLog(Number(time / 1_000n), isNamed ? fields : [makeTag('event', 'string', name), ...fields])
}

function referenceOf({ traceId, spanId, attributes }: OtlpSpan['links'][number]): Reference {
  const kind = attributes.find(({ key }) => key === 'opentracing.ref_type')?.value
  return { refType: kind === 'child_of' ? 'CHILD_OF' : 'FOLLOWS_FROM', traceID: shortened(traceId), spanID: spanId }
}

function tagOf({ key, value }: Attribute): Tag {
  if (typeof value === 'bigint') return makeInteger(key, value)
  if (typeof value === 'number') return makeTag(key, 'float64', value)
  if (typeof value === 'boolean') return makeTag(key, 'bool', value)
  if (typeof value === 'string') return makeTag(key, 'string', value)
  if (value === undefined) return makeTag(key, 'string', '')
  return makeTag(key, 'string', 'base64' in value ? value.base64 : JSON.stringify(plain(value)))
}

/** As JSON has it, the names in order. */
function plain(value: AttributeValue): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (typeof value !== 'object') return value ?? null
  if ('base64' in value) return value.base64
  if (!('attributes' in value)) return value.map(plain)
  const names = [...value.attributes].sort((one, other) => (one.key < other.key ? -1 : 1))
  return Object.fromEntries(names.map((attribute) => [attribute.key, plain(attribute.value)]))
}

/** Jaeger's ids of traces have no 16 zeros in front. */
function shortened(traceId: string): string {
  return traceId.startsWith('0'.repeat(16)) ? traceId.slice(16) : traceId
}
