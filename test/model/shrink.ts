import type { Connection, Handler, Layer, Program, Request } from './program.js'

const MOST_TRIES = 400

/** A smaller program that still fails, by leaving out one part after the other as long as that goes. */
export async function shrink(program: Program, fails: (program: Program) => Promise<boolean>): Promise<Program> {
  let smallest = program
  for (let tries = 0, candidates = smaller(smallest); tries < MOST_TRIES; tries++) {
    const candidate = candidates.next()
    if (candidate.done) return smallest
    if (!(await fails(candidate.value))) continue
    smallest = candidate.value
    candidates = smaller(smallest)
  }
  return smallest
}

/** The same program with one thing less, the largest things first. */
function* smaller(program: Program): Generator<Program> {
  const { layers, connections } = program
  for (const shorter of shorterLists(connections, 1)) yield { ...program, connections: shorter }
  for (const shorter of shorterLists(layers, 1)) yield { ...program, layers: shorter }
  for (const plain of plainer(program, { continues: 'by Node' })) yield plain
  yield* each(connections, smallerConnection, (changed) => ({ ...program, connections: changed }))
  yield* each(layers, smallerLayer, (changed) => ({ ...program, layers: changed }))
}

function* smallerConnection(connection: Connection): Generator<Connection> {
  for (const requests of shorterLists(connection.requests, 1)) yield { ...connection, requests }
  yield* plainer(connection, { pipelined: false })
  yield* plainer(connection, { piece: 65_536 })
  yield* plainer(connection, { cut: undefined })
  yield* each(connection.requests, smallerRequest, (requests) => ({ ...connection, requests }))
}

function* smallerRequest(request: Request): Generator<Request> {
  yield* plainer(request, { parent: { ...request.parent, form: 'none' } })
  yield* plainer(request, { body: 0 })
  yield* plainer(request, { extra: 'nothing' })
  yield* plainer(request, { method: 'GET' })
}

function* smallerLayer(layer: Layer): Generator<Layer> {
  if ('layers' in layer) {
    for (const layers of shorterLists(layer.layers, 1)) yield { ...layer, layers }
    yield* each(layer.layers, smallerLayer, (layers) => ({ ...layer, layers }))
  }
  if ('handlers' in layer) {
    for (const handlers of shorterLists(layer.handlers, 1)) yield { ...layer, handlers }
    yield* each(layer.handlers, smallerHandler, (handlers) => ({ ...layer, handlers }))
  }
}

function* smallerHandler(handler: Handler): Generator<Handler> {
  for (const steps of shorterLists(handler.steps, 0)) yield { ...handler, steps }
  yield* plainer(handler, { status: 200 })
}

/** Halves of a list, then all but one of its items. */
function* shorterLists<Item>(list: readonly Item[], least: number): Generator<readonly Item[]> {
  const half = Math.ceil(list.length / 2)
  if (half >= least && half < list.length) {
    yield list.slice(0, half)
    yield list.slice(half)
  }
  if (list.length <= least) return
  for (const index of list.keys()) yield list.filter((_, at) => at !== index)
}

/** The same with one item made smaller. */
function* each<Item, Whole>(
  items: readonly Item[],
  less: (item: Item) => Iterable<Item>,
  whole: (items: readonly Item[]) => Whole,
): Generator<Whole> {
  for (const [index, item] of items.entries()) {
    for (const smaller of less(item)) yield whole(items.map((other, at) => (at === index ? smaller : other)))
  }
}

/** The same with a plain value, unless it has that already. */
function* plainer<Thing extends object>(thing: Thing, change: Partial<Thing>): Generator<Thing> {
  const plain = { ...thing, ...change }
  if (JSON.stringify(plain) !== JSON.stringify(thing)) yield plain
}
