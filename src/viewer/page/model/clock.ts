const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }
const timeFormat = new Intl.DateTimeFormat(undefined, { ...time, fractionalSecondDigits: 3 })
const coarseFormat = new Intl.DateTimeFormat(undefined, time)
const dayFormat = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const fullFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

/** The time of day of microseconds since the epoch, to the millisecond. */
export function timeOfDay(microseconds: number): string {
  return format(timeFormat, microseconds)
}

/** The same to the second. */
export function coarseTime(microseconds: number): string {
  return format(coarseFormat, microseconds)
}

export function dayOf(microseconds: number): string {
  return format(dayFormat, microseconds)
}

/** The day, or nothing for that of `now`. Both are microseconds since the epoch. */
export function dayBefore(microseconds: number, now: number): string {
  const day = dayOf(microseconds)
  return day === dayOf(now) ? '' : day
}

/** Day and time. */
export function fullTime(microseconds: number): string {
  return `${format(fullFormat, microseconds)}, ${timeOfDay(microseconds)}`
}

/** A sender may claim a time that no calendar knows. */
function format(calendar: Intl.DateTimeFormat, microseconds: number): string {
  const date = new Date(microseconds / 1_000)
  return Number.isNaN(date.getTime()) ? '?' : calendar.format(date)
}
