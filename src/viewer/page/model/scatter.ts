import type { Summary } from './jaeger.js'

/** The borders of the scatter: microseconds since the epoch, and microseconds. */
export interface Extent {
  readonly from: number
  readonly to: number
  readonly shortest: number
  readonly longest: number
}

/** What holds all traces, with some room around their durations. */
export function extentOf(summaries: readonly Summary[]): Extent {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let [shortest, longest] = [Number.POSITIVE_INFINITY, 1]
  for (const { startTime, duration } of summaries) {
    from = Math.min(from, startTime)
    to = Math.max(to, startTime)
    shortest = Math.min(shortest, Math.max(1, duration))
    longest = Math.max(longest, duration)
  }
  if (from > to) return { from: 0, to: 1, shortest: 1, longest: 10 }
  // A lone trace stands in the middle; durations that are much alike are no drama.
  const margin = from === to ? 500_000 : 0
  const room = Math.max(1.4, Math.sqrt(10 / (longest / shortest)))
  return { from: from - margin, to: to + margin, shortest: shortest / room, longest: longest * room }
}

/** Where a trace stands, 0 to 1 from the left and from the bottom; durations by their logarithm. */
export function pointOf({ startTime, duration }: Summary, extent: Extent): { x: number; y: number } {
  return { x: (startTime - extent.from) / (extent.to - extent.from), y: heightOf(duration, extent) }
}

/** The height of a duration, 0 to 1 from the bottom. */
export function heightOf(duration: number, { shortest, longest }: Extent): number {
  return Math.log(Math.max(1, duration) / shortest) / Math.log(longest / shortest)
}

/** The powers of ten within the extent, in microseconds. */
export function decades({ shortest, longest }: Extent): number[] {
  const first = Math.ceil(Math.log10(shortest))
  const count = Math.floor(Math.log10(longest)) - first + 1
  return Array.from({ length: Math.max(0, count) }, (_, index) => 10 ** (first + index))
}

/** The trace nearest to a place in pixels, if one is within `reach`. */
export function nearest(
  summaries: readonly Summary[],
  extent: Extent,
  { x, y, width, height, reach }: { x: number; y: number; width: number; height: number; reach: number },
): Summary | undefined {
  let found: Summary | undefined
  let least = reach * reach
  for (const summary of summaries) {
    const point = pointOf(summary, extent)
    const distance = (point.x * width - x) ** 2 + ((1 - point.y) * height - y) ** 2
    if (distance > least) continue
    least = distance
    found = summary
  }
  return found
}
