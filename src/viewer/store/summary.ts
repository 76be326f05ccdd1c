import { largestSkew } from './skew.js'
import { parentOf, type Span } from './span.js'

/** What a list of traces shows of each. */
export interface Summary {
  readonly traceID: string
  /** Microseconds since the epoch. */
  readonly startTime: number
  /** Microseconds from the first start to the last end. */
  readonly duration: number
  /** The span that all others came from, as far as is known. */
  readonly root: { readonly service: string; readonly operation: string }
  readonly services: readonly ServiceSummary[]
  readonly spans: number
  readonly errors: number
  /** How many spans the longest line of descent has. */
  readonly depth: number
  /** By how many microseconds two services' clocks seem to differ, where they do. */
  readonly skew?: number
}

export interface ServiceSummary {
  readonly name: string
  readonly spans: number
  readonly errors: number
}

export function summarise(traceID: string, spans: readonly Span[]): Summary {
  const parents = new Map(spans.map((span) => [span.spanID, span]))
  const services = new Map<string, { name: string; spans: number; errors: number }>()
  let [start, end, errors] = [Number.POSITIVE_INFINITY, 0, 0]
  let root: Span | undefined
  for (const span of spans) {
    const { serviceName: name } = span.process
    const service = services.get(name) ?? { name, spans: 0, errors: 0 }
    services.set(name, service)
    service.spans++
    start = Math.min(start, span.startTime)
    end = Math.max(end, span.startTime + span.duration)
    if (isError(span)) {
      service.errors++
      errors++
    }
    if (isRoot(span, parents) && (root === undefined || comesBefore(span, root))) root = span
  }
  const skew = largestSkew(spans, parents)
  return {
    traceID,
    startTime: Number.isFinite(start) ? start : 0,
    duration: Math.max(end - start, 0),
    root: { service: root?.process.serviceName ?? '', operation: root?.operationName ?? '' },
    services: [...services.values()],
    spans: spans.length,
    errors,
    depth: depthOf(spans, parents),
    ...(skew === 0 ? {} : { skew }),
  }
}

/** Whether a span failed, by OpenTracing's tag. */
export function isError({ tags }: Span): boolean {
  return tags.some(({ key, value }) => key === 'error' && (value === true || value === 'true'))
}

function isRoot(span: Span, parents: ReadonlyMap<string, Span>): boolean {
  const parent = parentOf(span)
  return parent === undefined || parent === span.spanID || !parents.has(parent)
}

/** What has no parent at all stands above what has lost it. */
function comesBefore(span: Span, other: Span): boolean {
  const [isFirst, isOtherFirst] = [parentOf(span) === undefined, parentOf(other) === undefined]
  return isFirst === isOtherFirst ? span.startTime < other.startTime : isFirst
}

/** From each span upwards until one whose depth is known; no recursion, for traces can be as deep as they are long. */
function depthOf(spans: readonly Span[], parents: ReadonlyMap<string, Span>): number {
  const depths = new Map<string, number>()
  let deepest = 0
  for (const span of spans) {
    const line: string[] = []
    let above: Span | undefined = span
    while (above !== undefined && !depths.has(above.spanID)) {
      // Where spans are each other's parents, the line ends.
      depths.set(above.spanID, 0)
      line.push(above.spanID)
      above = parents.get(parentOf(above) ?? '')
    }
    let depth = depths.get(above?.spanID ?? '') ?? 0
    for (const id of line.reverse()) depths.set(id, ++depth)
    deepest = Math.max(deepest, depth)
  }
  return deepest
}
