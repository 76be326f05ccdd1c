import { type Process, parentOf, type Span } from './span.js'

/**
 * By how many microseconds the clock of a span's host would have to be put forward for the span to lie within its
 * parent, where the two were timed by different clocks; 0 where nothing says that these differ. As Jaeger reckons:
 * https://www.jaegertracing.io/docs/1.48/deployment/#clock-skew-adjustment
 */
export function skewOf(span: Span, parent: Span): number {
  if (haveOneClock(span.process, parent.process)) return 0
  const early = parent.startTime - span.startTime
  // It may go on after its parent: then all that is known is that it did not start before.
  if (span.duration > parent.duration) return Math.max(early, 0)
  const late = span.startTime + span.duration - (parent.startTime + parent.duration)
  if (early <= 0 && late <= 0) return 0
  return early + Math.floor((parent.duration - span.duration) / 2)
}

/** The largest of a trace's skews, whatever its sign. */
export function largestSkew(spans: readonly Span[], parents: ReadonlyMap<string, Span>): number {
  let largest = 0
  for (const span of spans) {
    const parent = parents.get(parentOf(span) ?? '')
    if (parent !== undefined) largest = Math.max(largest, Math.abs(skewOf(span, parent)))
  }
  return largest
}

/** The tags by which clients tell their host: an address, or a name. */
const HOSTS = ['ip', 'host.name', 'hostname']

function haveOneClock(one: Process, other: Process): boolean {
  if (one === other) return true
  for (const key of HOSTS) {
    const [here, there] = [tagOf(one, key), tagOf(other, key)]
    if (here !== undefined && there !== undefined) return here === there
  }
  return one.serviceName === other.serviceName
}

function tagOf({ tags }: Process, key: string): unknown {
  return tags.find((tag) => tag.key === key)?.value
}
