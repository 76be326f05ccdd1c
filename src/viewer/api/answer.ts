import type { Process, Span } from '../store/span.js'
import type { Trace } from '../store/trace.js'
import { remark } from './remarks.js'
import { separate } from './shared-ids.js'

/** A trace as Jaeger's query API answers it. https://www.jaegertracing.io/docs/1.48/apis/#http-json-internal */
export interface JaegerTrace {
  readonly traceID: string
  readonly spans: readonly JaegerSpan[]
  readonly processes: Readonly<Record<string, Process>>
  readonly warnings: readonly string[] | null
}

export interface JaegerSpan extends Omit<Span, 'flags' | 'process' | 'warnings'> {
  readonly flags?: number
  readonly processID: string
  readonly warnings: readonly string[] | null
}

/** With what there is to say about it. */
export function showTrace({ id, spans, dropped }: Trace): JaegerTrace {
  const separated = separate(spans)
  const remarks = remark(separated)
  const lost = dropped === 0 ? [] : [`the trace is too long: ${dropped} of its spans were not kept`]
  return jaegerTrace(id, separated, [...lost, ...remarks.ofTrace], (span) => [
    ...new Set([...span.warnings, ...remarks.of(span)]),
  ])
}

/** As it came, for a file. */
export function saveTrace({ id, spans }: Trace): JaegerTrace {
  return jaegerTrace(id, spans, [], ({ warnings }) => warnings)
}

function jaegerTrace(
  traceID: string,
  spans: readonly Span[],
  warnings: readonly string[],
  warningsOf: (span: Span) => readonly string[],
): JaegerTrace {
  const ids = new Map<Process, string>()
  const jaegerSpans = spans.map((span): JaegerSpan => {
    const { flags, operationName, references, startTime, duration, tags, logs, process } = span
    const processID = ids.get(process) ?? `p${ids.size + 1}`
    ids.set(process, processID)
    return {
      traceID,
      spanID: span.spanID,
      ...(flags === 0 ? {} : { flags }),
      operationName,
      references,
      startTime,
      duration,
      tags,
      logs,
      processID,
      warnings: orNull(warningsOf(span)),
    }
  })
  const processes = Object.fromEntries([...ids].map(([process, processID]) => [processID, process]))
  return { traceID, spans: jaegerSpans, processes, warnings: orNull(warnings) }
}

function orNull(warnings: readonly string[]): readonly string[] | null {
  return warnings.length === 0 ? null : warnings
}
