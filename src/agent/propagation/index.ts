import { readB3, readB3Single, writeB3, writeB3Single } from './b3.js'
import { NO_BAGGAGE } from './baggage.js'
import { readJaeger, writeJaeger } from './jaeger.js'
import type { Format, TraceContext } from './trace-context.js'
import { readW3c, writeW3c } from './w3c.js'

export type { Format, OutgoingContext, TraceContext } from './trace-context.js'

const formats = {
  jaeger: { read: readJaeger, write: writeJaeger },
  w3c: { read: readW3c, write: writeW3c },
  b3: { read: readB3, write: writeB3 },
  'b3-single': { read: readB3Single, write: writeB3Single },
} satisfies Record<string, Format>

/** A header format, as `TRACE_PROPAGATION` names it. */
export type FormatName = keyof typeof formats

/**
 * Several formats as one: all are written, and of those that came the first counts. What it does not say is taken from
 * the others: baggage as a whole where it brings none, and the `tracestate` of a `traceparent` in the same trace, which
 * would be lost between two services that speak a format of their own as well.
 */
export function combine(names: readonly FormatName[]): Format {
  const chosen: readonly Format[] = names.map((name) => formats[name])
  return {
    read(carrier, allowDebug) {
      let found: TraceContext | undefined
      for (const { read } of chosen) {
        const context = read(carrier, allowDebug)
        if (context !== undefined) found = found === undefined ? context : merge(found, context)
      }
      return found
    },
    write(context, carrier) {
      for (const { write } of chosen) write(context, carrier)
    },
  }
}

function merge(first: TraceContext, second: TraceContext): TraceContext {
  const trace = weight(second) > weight(first) ? second : first
  const baggage = first.baggage === NO_BAGGAGE ? second.baggage : first.baggage
  const tracestate = trace.tracestate || (isSameTrace(first, second) ? second.tracestate : '')
  if (trace.baggage === baggage && trace.tracestate === tracestate) return trace
  return { ...trace, baggage, tracestate }
}

/** Ids count more than a decision on sampling without them, and that more than baggage alone. */
function weight({ traceId, flags, debugId }: TraceContext): number {
  if (traceId !== '') return 2
  return flags === undefined && debugId === '' ? 0 : 1
}

/** However wide the formats write an id, it is the same number. */
function isSameTrace(one: TraceContext, other: TraceContext): boolean {
  return one.traceId.padStart(32, '0') === other.traceId.padStart(32, '0')
}
