import type {
  JaegerLog,
  JaegerProcess,
  JaegerReference,
  JaegerSpan,
  JaegerTag,
  JaegerTrace,
} from '../../../../src/viewer/page/model/jaeger.js'

/** What a test says of a span; times are microseconds, the start from that of the trace. */
export interface Said {
  readonly service: string
  readonly operation: string
  readonly start: number
  readonly duration: number
  readonly parent?: JaegerSpan
  readonly id?: string
  readonly tags?: Readonly<Record<string, unknown>>
  readonly logs?: readonly JaegerLog[]
  readonly references?: readonly JaegerReference[]
  readonly warnings?: readonly string[]
}

/** Builds a trace as the viewer's API answers it. */
export class TraceBuilder {
  private readonly spans: JaegerSpan[] = []
  private readonly processes: Record<string, JaegerProcess> = {}

  constructor(
    readonly traceID: string,
    private readonly startTime: number,
  ) {}

  span({ parent, id, tags = {}, ...said }: Said): JaegerSpan {
    const references: JaegerReference[] =
      parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID: this.traceID, spanID: parent.spanID }]
    const span: JaegerSpan = {
      traceID: this.traceID,
      spanID: id ?? (this.spans.length + 1).toString(16).padStart(16, '0'),
      operationName: said.operation,
      references: said.references ?? references,
      startTime: this.startTime + said.start,
      duration: said.duration,
      tags: tagsOf(tags),
      logs: said.logs ?? [],
      processID: this.processOf(said.service),
      warnings: said.warnings ?? null,
    }
    this.spans.push(span)
    return span
  }

  /** The log of an error, as the agent writes it. */
  error(at: number, kind: string, message: string, stack: string): JaegerLog {
    const fields = tagsOf({ event: 'error', 'error.kind': kind, message, stack })
    return { timestamp: this.startTime + at, fields }
  }

  json(): JaegerTrace {
    return { traceID: this.traceID, spans: this.spans, processes: this.processes }
  }

  private processOf(service: string): string {
    const found = Object.entries(this.processes).find(([, { serviceName }]) => serviceName === service)
    if (found !== undefined) return found[0]
    const id = `p${Object.keys(this.processes).length + 1}`
    const tags = tagsOf({ hostname: `${service}-7d4b9`, ip: '10.1.0.17', 'jaeger.version': 'Node-3.19.0', pid: 4711 })
    this.processes[id] = { serviceName: service, tags }
    return id
  }
}

export function tagsOf(tags: Readonly<Record<string, unknown>>): JaegerTag[] {
  return Object.entries(tags).map(([key, value]) => ({ key, type: typeOf(value), value }))
}

function typeOf(value: unknown): string {
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return 'string'
}
