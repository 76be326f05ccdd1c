const format = new Intl.NumberFormat('en')

/** A number with its thousands apart. */
export function formatNumber(value: number): string {
  return format.format(value)
}

/** A share for people: `0.4%`, `12%`. */
export function formatShare(part: number, whole: number): string {
  const percent = whole > 0 ? (part / whole) * 100 : 0
  if (percent > 0 && percent < 0.1) return '<0.1%'
  return `${Number(percent.toPrecision(percent < 10 ? 2 : 3))}%`
}

/** `1 span`, `2 spans`. */
export function counted(count: number, noun: string): string {
  return `${formatNumber(count)} ${noun}${count === 1 ? '' : 's'}`
}
