import type { Span } from './span.js'
import type { Trace } from './trace.js'

/** A line of the comparison: a span of both traces, or of the one that alone has it. */
export interface Pair {
  /** Unique in the comparison. */
  readonly key: string
  readonly depth: number
  readonly left: Span | undefined
  readonly right: Span | undefined
  /** How many pairs are below it. */
  descendants: number
  /** Whether one side is missing, anywhere in it or below it. */
  differs: boolean
}

/**
 * Aligns two traces from their roots down: below a pair, the first span of an operation and service is paired with the
 * other side's first, the second with the second. Answers the pairs, each followed by those below it.
 */
export function compareTraces(left: Trace, right: Trace): Pair[] {
  const pairs: Pair[] = []
  const open: Pair[] = []
  const pending: Sides[] = rootSides(left.roots, right.roots).reverse()
  for (let sides = pending.pop(); sides !== undefined; sides = pending.pop()) {
    const pair = { ...sides, key: String(pairs.length), descendants: 0, differs: isOneSided(sides) }
    pairs.push(pair)
    open.length = pair.depth
    for (const above of open) {
      above.descendants++
      above.differs ||= pair.differs
    }
    open.push(pair)
    const below = match(sides.left?.children ?? [], sides.right?.children ?? [], pair.depth + 1)
    for (const next of below.reverse()) pending.push(next)
  }
  return pairs
}

/** How much longer the right one took, in microseconds; `undefined` where there is only one. */
export function difference({ left, right }: Pair): number | undefined {
  return left && right && right.duration - left.duration
}

/** A trace has one root as a rule: then the two are a pair, whatever they are called. */
function rootSides(left: readonly Span[], right: readonly Span[]): Sides[] {
  const [leftRoot, ...leftRest] = left
  const [rightRoot, ...rightRest] = right
  const isPlain = leftRest.length === 0 && rightRest.length === 0
  return isPlain ? [{ depth: 0, left: leftRoot, right: rightRoot }] : match(left, right, 0)
}

/** In the order of the left side; what only the right side has stands behind what it followed there. */
function match(left: readonly Span[], right: readonly Span[], depth: number): Sides[] {
  const waiting = new Map<string, Span[]>()
  for (const span of [...left].reverse()) listOf(waiting, nameOf(span)).push(span)
  const partners = new Map<Span, Span>()
  const added = new Map<Span | undefined, Sides[]>()
  let previous: Span | undefined
  for (const span of right) {
    const partner = listOf(waiting, nameOf(span)).pop()
    if (partner === undefined) listOf(added, previous).push({ depth, left: undefined, right: span })
    else partners.set(partner, span)
    previous = partner ?? previous
  }
  const aligned = left.flatMap((span) => [{ depth, left: span, right: partners.get(span) }, ...listOf(added, span)])
  return [...listOf(added, undefined), ...aligned]
}

function nameOf({ service, operation }: Span): string {
  return JSON.stringify([service, operation])
}

function listOf<Key, Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}

function isOneSided({ left, right }: Sides): boolean {
  return left === undefined || right === undefined
}

type Sides = Pick<Pair, 'depth' | 'left' | 'right'>
