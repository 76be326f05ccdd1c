const SECOND = 1_000_000
const microsecond = { name: 'µs', size: 1 }
const units = [{ name: 's', size: SECOND }, { name: 'ms', size: 1_000 }, microsecond]
const sizes = new Map([
  ['us', 1],
  ['µs', 1],
  ['ms', 1_000],
  ['s', SECOND],
  ['m', 60 * SECOND],
  ['h', 3_600 * SECOND],
])

/** Microseconds for people: three digits and a unit, as in `8.91 ms`; minutes and more in two parts, as in `2 m 5 s`. */
export function formatDuration(microseconds: number): string {
  const length = Math.abs(microseconds)
  const sign = microseconds < 0 ? '−' : ''
  if (length >= 60 * SECOND) return sign + longDuration(Math.round(length / SECOND))
  const { name, size } = units.find(({ size }) => roundedTo(length / size) >= 1) ?? microsecond
  return `${sign}${roundedTo(length / size)} ${name}`
}

/** The microseconds of `10ms`, `1.5s` or `300us`; a bare number means milliseconds. `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit = 'ms'] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*([a-zµ]*)\s*$/iu.exec(text) ?? []
  const size = sizes.get((unit || 'ms').toLowerCase().replace('μ', 'µ'))
  return digits === undefined || size === undefined ? undefined : Number(digits) * size
}

function longDuration(seconds: number): string {
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${seconds % 60} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 1_440) return `${Math.floor(minutes / 60)} h ${minutes % 60} m`
  const hours = Math.round(minutes / 60)
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

function roundedTo(value: number): number {
  return Number(value.toPrecision(3))
}
