import { arrange, type Item, mean } from './columns.js'
import type { Dependency } from './jaeger.js'
import { type Link, layersOf } from './layers.js'

/** Where services and their calls are drawn, in pixels. */
export interface Graph {
  readonly width: number
  readonly height: number
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
}

/** A service; `x` and `y` are its upper left corner. */
export interface Node {
  readonly service: string
  readonly x: number
  readonly y: number
}

/** A call: a path for SVG, and where there is room to say how often. */
export interface Edge {
  readonly call: Dependency
  readonly path: string
  readonly x: number
  readonly y: number
}

/** The size of a service, and of the room between two. */
export const NODE = { width: 176, height: 60, columnGap: 132, rowGap: 28 }

const STEP = NODE.height + NODE.rowGap
const ROUNDS = 10

/** Lays out the services from left to right. */
export function layOutGraph(names: readonly string[], calls: readonly Dependency[]): Graph {
  const layers = layersOf(names, calls)
  const { columns, ways } = arrange(layers)
  const middles = middlesOf(columns)
  const top = Math.min(0, ...middles.values()) - STEP / 2
  const points = new Map<Item, Point>()
  for (const [index, column] of columns.entries()) {
    const x = index * (NODE.width + NODE.columnGap)
    for (const item of column) points.set(item, { x, y: (middles.get(item) ?? 0) - top })
  }
  const placed = [...points].flatMap(([{ service }, { x, y }]) => (service === undefined ? [] : [{ service, x, y }]))
  const services = new Map(placed.map((node) => [node.service, node]))
  const edges = calls.flatMap((call) => {
    const way = [...ways].find(([link]) => isLinkOf(link, call))?.[1].flatMap((item) => points.get(item) ?? [])
    const ends = [services.get(call.parent), services.get(call.child)].filter((end) => end !== undefined)
    return ends.length < 2 ? [] : [edgeOf(call, way ?? ends)]
  })
  return {
    width: columns.length * (NODE.width + NODE.columnGap) - NODE.columnGap,
    height: Math.max(0, ...middles.values()) - top + STEP / 2,
    nodes: placed.map(({ service, x, y }) => ({ service, x, y: y - NODE.height / 2 })),
    edges,
  }
}

/** The height of each item: near the middle of its neighbours, and apart from the others of its column. */
function middlesOf(columns: readonly (readonly Item[])[]): Map<Item, number> {
  const middles = new Map<Item, number>()
  for (const column of columns)
    for (const [index, item] of column.entries()) middles.set(item, (index - (column.length - 1) / 2) * STEP)
  for (let round = 0; round < ROUNDS; round++) {
    for (const column of round % 2 === 0 ? columns : [...columns].reverse()) {
      const wishes = column.map((item) => mean([...item.before, ...item.after], middles) ?? middles.get(item) ?? 0)
      for (const [index, middle] of spread(wishes).entries()) {
        const item = column[index]
        if (item !== undefined) middles.set(item, middle)
      }
    }
  }
  return middles
}

/** The wishes, in their order, moved apart as little as possible: half from above and half from below. */
function spread(wishes: readonly number[]): number[] {
  const down: number[] = []
  for (const wish of wishes) down.push(Math.max(wish, (down.at(-1) ?? Number.NEGATIVE_INFINITY) + STEP))
  const up: number[] = []
  for (const wish of [...wishes].reverse()) up.unshift(Math.min(wish, (up[0] ?? Number.POSITIVE_INFINITY) - STEP))
  return down.map((value, index) => (value + (up[index] ?? value)) / 2)
}

/** A curve through the points' free sides; back below the services where the callee stands left of its caller. */
function edgeOf(call: Dependency, way: readonly Point[]): Edge {
  const [first = { x: 0, y: 0 }] = way
  const last = way.at(-1) ?? first
  if (last.x <= first.x) return loop(call, first, last)
  let path = `M ${first.x + NODE.width} ${first.y}`
  way.slice(1).forEach((to, index) => {
    const from = way[index] ?? first
    const [start, middle] = [from.x + NODE.width, from.x + NODE.width + NODE.columnGap / 2]
    if (index > 0) path += ` L ${start} ${from.y}`
    path += ` C ${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`
  })
  const second = way[1] ?? last
  return { call, path, x: first.x + NODE.width + NODE.columnGap / 2, y: (first.y + second.y) / 2 }
}

function loop(call: Dependency, from: Point, to: Point): Edge {
  const [start, end] = [from.x + NODE.width * 0.65, to.x + NODE.width * 0.35]
  const bottom = Math.max(from.y, to.y) + NODE.height / 2
  const depth = bottom + NODE.rowGap
  const path = `M ${start} ${from.y + NODE.height / 2} C ${start} ${depth} ${end} ${depth} ${end} ${to.y + NODE.height / 2}`
  return { call, path, x: (start + end) / 2, y: bottom + NODE.rowGap * 0.7 }
}

function isLinkOf({ from, to }: Link, { parent, child }: Dependency): boolean {
  return from === parent && to === child
}

interface Point {
  readonly x: number
  readonly y: number
}
