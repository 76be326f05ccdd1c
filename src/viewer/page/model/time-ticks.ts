const SECOND = 1_000_000
const DAY = 86_400 * SECOND
const seconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30]
const minutes = [1, 2, 5, 10, 15, 30]
const hours = [1, 2, 3, 6, 12]
const days = [1, 2, 7, 14, 30, 90, 365]
const steps = [
  ...seconds.map((step) => step * SECOND),
  ...minutes.map((step) => step * 60 * SECOND),
  ...hours.map((step) => step * 3_600 * SECOND),
  ...days.map((step) => step * DAY),
]

/** Round times of day, in microseconds since the epoch, and how exact their labels have to be. */
export interface TimeTicks {
  readonly times: readonly number[]
  readonly unit: 'millisecond' | 'second' | 'day'
}

/** At most `count` round times between two. `offset` is that of the time zone, in minutes west of UTC. */
export function timeTicks(from: number, to: number, count: number, offset: number): TimeTicks {
  const step = steps.find((each) => (to - from) / each <= count) ?? (to - from) / count
  const shift = offset * 60 * SECOND
  const times: number[] = []
  for (let time = Math.ceil((from - shift) / step) * step + shift; time <= to; time += step) times.push(time)
  return { times, unit: step < SECOND ? 'millisecond' : step < DAY ? 'second' : 'day' }
}
