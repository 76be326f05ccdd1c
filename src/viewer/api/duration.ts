/** Microseconds in each unit of a duration, as Go writes them; days and weeks are Jaeger's page's own. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-3,
  us: 1,
  µs: 1,
  μs: 1,
  ms: 1e3,
  s: 1e6,
  m: 6e7,
  h: 3.6e9,
  d: 8.64e10,
  w: 6.048e11,
}
const LONGEST = 40
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w)/y

/** Microseconds of a duration such as `1.5s` or `1h30m`; `undefined` where it is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0
  if (text === '' || text.length > LONGEST) return undefined
  let sum = 0
  PART.lastIndex = 0
  while (PART.lastIndex < text.length) {
    const [, amount = '', unit = ''] = PART.exec(text) ?? []
    if (unit === '') return undefined
    sum += Number(amount) * (UNITS[unit] ?? 0)
  }
  return sum
}

/** A duration as Jaeger's sentences have it: `-1.5s`, `2m0.25s`, `300ms`, `20µs`. */
export function formatDuration(microseconds: number): string {
  const sign = microseconds < 0 ? '-' : ''
  const size = Math.abs(microseconds)
  if (size < 1e3) return `${sign}${size}µs`
  if (size < 1e6) return `${sign}${size / 1e3}ms`
  const [hours, minutes] = [Math.floor(size / 3.6e9), Math.floor(size / 6e7) % 60]
  const seconds = `${(size % 6e7) / 1e6}s`
  if (hours > 0) return `${sign}${hours}h${minutes}m${seconds}`
  return minutes > 0 ? `${sign}${minutes}m${seconds}` : `${sign}${seconds}`
}
