import { allForms } from './parents.js'
import {
  type Connection,
  ends,
  extras,
  type Handler,
  type Layer,
  type Program,
  type Request,
  repairs,
  steps,
} from './program.js'
import { Random } from './random.js'

const statuses = [200, 200, 200, 201, 204, 302, 304, 400, 404, 500, 503]
const segments = ['/a', '/b', '/:x', '/c.d', '/:y']

/** The program of a seed. */
export function programOf(seed: number): Program {
  const random = new Random(seed)
  const stack = random.pick(['http', 'express 4', 'express 5', 'express 4', 'express 5'] as const)
  const layers = stack === 'http' ? random.some(1, 3, () => middleware(random, '')) : layersOf(random, 0)
  const targets = ['/', ...templatesOf(layers)]
  const isCrowd = random.chance(0.01)
  return {
    stack,
    continues: random.pick(['by Node', 'by hand']),
    layers,
    connections: isCrowd
      ? random.some(64, 64, () => ({ ...connection(random, targets, 3), cut: undefined }))
      : random.some(1, 4, () => connection(random, targets, 4)),
  }
}

function layersOf(random: Random, depth: number): Layer[] {
  const layers = random.some(1, depth === 0 ? 5 : 3, () => layer(random, depth))
  return random.chance(0.3) ? [...layers, { kind: 'repair', way: random.pick(repairs) }] : layers
}

function layer(random: Random, depth: number): Layer {
  const mayNest = depth < 2
  if (mayNest && random.chance(0.35)) {
    const path = random.pick(['', ...segments])
    return { kind: random.pick(['router', 'router', 'app']), path, layers: layersOf(random, depth + 1) }
  }
  if (random.chance(0.25)) return middleware(random, random.pick(['', '', ...segments]))
  const path = random.chance(0.15) ? '/' : random.some(1, 2, () => random.pick(segments)).join('')
  const handlers = random.some(1, 3, (index) => handler(random, index === 0 ? 0.4 : 0.7))
  return { kind: 'route', method: random.pick(['get', 'get', 'post', 'all']), path: unique(path), handlers }
}

function middleware(random: Random, path: string): Layer {
  return { kind: 'middleware', path, handlers: [handler(random, 0.25)] }
}

/** One that more or less likely answers, where nothing goes wrong. */
function handler(random: Random, answering: number): Handler {
  const end = endOf(random, answering)
  return { steps: random.some(0, 3, () => random.pick(steps)), end, status: random.pick(statuses) }
}

function endOf(random: Random, answering: number): Handler['end'] {
  if (random.chance(0.2)) return random.pick(ends.failures)
  if (random.chance(0.08)) return random.pick(ends.breaks)
  return random.chance(answering) ? random.pick(ends.answers) : random.pick(ends.passes)
}

/** The paths that routes are for. */
function templatesOf(layers: readonly Layer[]): string[] {
  return layers.flatMap((layer) => {
    if (layer.kind === 'route') return [layer.path]
    if (layer.kind !== 'router' && layer.kind !== 'app') return []
    return templatesOf(layer.layers).map((path) => layer.path + (path === '/' && layer.path !== '' ? '' : path))
  })
}

/** No parameter may come twice in a path. */
function unique(path: string): string {
  return path.replace('/:x/:x', '/:x/a').replace('/:y/:y', '/:y/a')
}

function connection(random: Random, targets: readonly string[], most: number): Connection {
  return {
    requests: random.some(1, most, () => request(random, targets)),
    pipelined: random.chance(0.4),
    piece: random.pick([65_536, 65_536, 65_536, 40, 200]),
    cut: random.chance(0.3)
      ? { when: random.pick(['sent', 'received']), bytes: 1 + random.below(random.pick([50, 600])) }
      : undefined,
  }
}

function request(random: Random, targets: readonly string[]): Request {
  const method = random.pick(['GET', 'GET', 'GET', 'POST', 'POST', 'HEAD', 'PUT'] as const)
  const hasBody = (method === 'POST' || method === 'PUT') && random.chance(0.8)
  return {
    method,
    path: random.chance(0.8)
      ? random.pick(targets).replace(/:(\w)/g, (_, name) => random.pick(['a', 'b', `${name}1`]))
      : random.some(1, 4, () => random.pick(['/a', '/b', '/c.d', '/x1', '/y2'])).join(''),
    parent: {
      form: random.chance(0.3) ? 'none' : random.pick(allForms),
      traceId: random.hex(random.pick([16, 16, 32, 7])),
      spanId: random.hex(16),
    },
    body: hasBody ? random.pick([1, 30, 500, 20_000]) : 0,
    extra: random.chance(0.4) ? random.pick(extras) : 'nothing',
  }
}
