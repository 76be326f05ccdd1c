import type { Account, Event } from './run.js'

/** How a request ended, as the app saw it. */
export interface Ending {
  /** Up to which event its span was open. */
  readonly over: number
  /** That of a head that was sent. */
  readonly status: number | undefined
  readonly aborted: boolean
  /** Whether it ended before the app could hear of it, while it waited for its turn on the connection. */
  readonly isVague: boolean
  /** Whether the connection broke before there was a head, while the request had waited for its turn on it. */
  readonly isBroken: boolean
}

/** The first of: the response is closed, the request is with its connection, the connection is. */
export function endingOf({ events }: Account): Ending {
  const over = overOf(events)
  const before = events.slice(0, over)
  const hasTurn = !waits(events) || before.some(([what]) => what === 'socket')
  const [, status, isGone] = before.find(([what]) => what === 'head') ?? []
  return {
    over,
    status: hasTurn && typeof status === 'number' ? status : undefined,
    aborted: !before.some(([what]) => what === 'finish'),
    isVague: waits(events) && events[over]?.[0] === 'note',
    isBroken: hasTurn && waits(events) && isGone === true,
  }
}

function overOf(events: readonly Event[]): number {
  const closed = events.findIndex(([what, more]) => what === 'close' || (what === 'request close' && more === true))
  const over = closed === -1 ? events.findIndex(([what]) => what === 'gone') : closed
  const left = events.findIndex((event) => isLeft(event, events))
  return left === -1 ? over : Math.min(over, left)
}

/** When a connection ends, so does all that waits for a turn on it, before each request hears of it. */
function isLeft([what, , id, byRequest, isGone]: Event, events: readonly Event[]): boolean {
  if (what !== 'note' || id !== 'none' || byRequest !== 'none' || !waits(events)) return false
  return isGone === true || !events.some(([event]) => event === 'socket')
}

/** Whether earlier requests on the connection were not answered when it came. */
function waits([first]: readonly Event[]): boolean {
  return first?.[0] === 'waits'
}
