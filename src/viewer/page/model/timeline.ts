/** A part of a trace's time, in microseconds from its start. */
export interface View {
  readonly from: number
  readonly to: number
}

/** Round times to draw lines at, at most `count` of them, in microseconds from the trace's start. */
export function ticks({ from, to }: View, count: number): number[] {
  const step = niceStep((to - from) / Math.max(1, count))
  if (!(step > 0)) return [from]
  const times: number[] = []
  for (let index = Math.ceil(from / step); index * step <= to; index++) times.push(index * step)
  return times
}

/** Where a time stands in the view: 0 at its start, 1 at its end, beyond that outside. */
export function place(time: number, { from, to }: View): number {
  return to > from ? (time - from) / (to - from) : 0
}

/** The view between two such places, in either order: at least a microsecond, and never beyond the trace. */
export function viewBetween(one: number, other: number, view: View, duration: number): View {
  const length = view.to - view.from
  const from = clamp(view.from + Math.min(one, other) * length, 0, duration)
  const to = clamp(view.from + Math.max(one, other) * length, 0, duration)
  return to - from < 1 ? { from: Math.min(from, Math.max(0, duration - 1)), to: from + 1 } : { from, to }
}

/** `value`, or the border that it is beyond. */
export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

/** The next of 1, 2, 5, 10, 20 … */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  const leading = [1, 2, 5].find((digit) => digit * power >= step * 0.999_999) ?? 10
  return leading * power
}
