import { endOf, type Span } from './span.js'

/** Where each span stands when what does not overlap may share a row: children below their parents. */
export interface Flame {
  readonly rowOf: ReadonlyMap<Span, number>
  readonly rows: number
}

/** Packs the spans, given in the order of their tree, into as few rows as keep each family together. */
export function layOutFlame(spans: readonly Span[], roots: readonly Span[]): Flame {
  const blocks = new Map<Span, Block>()
  for (const span of [...spans].reverse()) blocks.set(span, blockOf(span, blocks))

  const { below, rows } = pack(roots, blocks)
  const rowOf = new Map(below)
  for (const span of spans) {
    const row = rowOf.get(span) ?? 0
    for (const [child, offset] of blocks.get(span)?.below ?? []) rowOf.set(child, row + 1 + offset)
  }
  return { rowOf, rows }
}

/** A span with all that is below it. */
interface Block {
  readonly start: number
  readonly end: number
  readonly rows: number
  readonly below: ReadonlyMap<Span, number>
}

function blockOf(span: Span, blocks: ReadonlyMap<Span, Block>): Block {
  let { start } = span
  let end = endOf(span)
  for (const child of span.children) {
    const block = blocks.get(child)
    start = Math.min(start, block?.start ?? start)
    end = Math.max(end, block?.end ?? end)
  }
  const { below, rows } = pack(span.children, blocks)
  return { start, end, rows: rows + 1, below }
}

/** Gives each block the highest rows that are free for the whole of its time. */
function pack(spans: readonly Span[], blocks: ReadonlyMap<Span, Block>): { below: Map<Span, number>; rows: number } {
  const below = new Map<Span, number>()
  const takenUntil: number[] = []
  for (const span of spans) {
    const block = blocks.get(span)
    if (block === undefined) continue
    const row = freeRow(takenUntil, block)
    below.set(span, row)
    for (let index = row; index < row + block.rows; index++) takenUntil[index] = block.end
  }
  return { below, rows: takenUntil.length }
}

function freeRow(takenUntil: readonly number[], { start, rows }: Block): number {
  let row = 0
  for (let index = 0; index < row + rows && index < takenUntil.length; index++) {
    if ((takenUntil[index] ?? start) > start) row = index + 1
  }
  return row
}
