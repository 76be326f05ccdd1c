import type { JaegerLog, JaegerProcess, JaegerReference, JaegerSpan, JaegerTag } from './jaeger.js'

/** A span in the tree of its trace. Times are microseconds since the epoch. */
export interface Span {
  /** Unique in its trace, which the sender's own id need not be. */
  key: string
  readonly id: string
  readonly traceId: string
  readonly operation: string
  readonly service: string
  readonly processId: string
  /** As it is shown: when it was sent, and `shift`. */
  start: number
  readonly duration: number
  shift: number
  /** By how much its clock seems to differ from its parent's. */
  skew: number
  readonly kind: string
  readonly hasError: boolean
  /** HTTP's status, where there is one. */
  readonly status: number | undefined
  readonly tags: readonly JaegerTag[]
  readonly logs: readonly JaegerLog[]
  readonly process: readonly JaegerTag[]
  readonly references: readonly JaegerReference[]
  readonly warnings: string[]
  parent: Span | undefined
  readonly children: Span[]
  depth: number
  /** How many spans are below it. */
  descendants: number
}

/** The span of Jaeger's JSON, not yet in a tree. Takes what a sender may have left out. */
export function readSpan(span: JaegerSpan, processes: Readonly<Record<string, JaegerProcess>>): Span {
  const tags = span.tags ?? []
  const process = Object.hasOwn(processes, span.processID) ? processes[span.processID] : undefined
  return {
    key: span.spanID,
    id: span.spanID,
    traceId: span.traceID,
    operation: span.operationName,
    service: process?.serviceName ?? '',
    processId: span.processID,
    start: span.startTime,
    duration: Math.max(0, span.duration),
    shift: 0,
    skew: 0,
    kind: String(tagValue(tags, 'span.kind') ?? ''),
    hasError: isError(tags),
    status: statusOf(tags),
    tags,
    logs: span.logs ?? [],
    process: process?.tags ?? [],
    references: span.references ?? [],
    warnings: (span.warnings ?? []).filter((warning) => !isJargon(warning)),
    parent: undefined,
    children: [],
    depth: 0,
    descendants: 0,
  }
}

/** When the span ended, as it is shown. */
export function endOf(span: Span): number {
  return span.start + span.duration
}

export function tagValue(tags: readonly JaegerTag[], key: string): unknown {
  return tags.find((tag) => tag.key === key)?.value
}

/** Time that the span spent in none of its children. */
export function selfTime(span: Span): number {
  let own = span.duration
  let reached = span.start
  for (const child of span.children) {
    const start = Math.max(child.start, reached)
    const end = Math.min(endOf(child), endOf(span))
    if (end <= start) continue
    own -= end - start
    reached = end
  }
  return own
}

/** Jaeger's words about ids and clocks, for which the page has its own. */
function isJargon(warning: string): boolean {
  return warning.includes('clock skew adjustment')
}

function isError(tags: readonly JaegerTag[]): boolean {
  const error = tagValue(tags, 'error')
  return error === true || error === 'true' || tagValue(tags, 'otel.status_code') === 'ERROR'
}

function statusOf(tags: readonly JaegerTag[]): number | undefined {
  const status = Number(tagValue(tags, 'http.status_code') ?? tagValue(tags, 'http.response.status_code') ?? Number.NaN)
  return Number.isInteger(status) && status >= 100 && status < 600 ? status : undefined
}
