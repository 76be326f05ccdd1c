import { type Span, selfTime } from './span.js'

/** What the spans of one operation of one service cost together. Times are microseconds. */
export interface OperationShare {
  readonly service: string
  readonly operation: string
  readonly count: number
  readonly errors: number
  readonly total: number
  /** Time that was spent in no span below. */
  readonly self: number
  readonly longest: number
}

/** The operations of a trace, first where most time was spent. */
export function operationShares(spans: readonly Span[]): OperationShare[] {
  const groups = new Map<string, Span[]>()
  for (const span of spans) {
    const key = JSON.stringify([span.service, span.operation])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [span])
    else group.push(span)
  }
  return [...groups.values()].flatMap(share).sort((one, other) => other.self - one.self)
}

function share(group: readonly Span[]): OperationShare[] {
  return group.slice(0, 1).map(({ service, operation }) => ({
    service,
    operation,
    count: group.length,
    errors: group.filter(({ hasError }) => hasError).length,
    total: sum(group.map(({ duration }) => duration)),
    self: sum(group.map(selfTime)),
    longest: group.reduce((most, { duration }) => Math.max(most, duration), 0),
  }))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
