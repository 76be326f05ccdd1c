import type { Layer } from './program.js'
import type { Event } from './run.js'

/** A handler of a program, by its place on the stacks. */
interface Place {
  /** Of the route that it is in; `undefined` for middleware. */
  readonly template: string | undefined
  /** Of the layer that it is in. */
  readonly layer: string
  readonly at: number
  readonly isLast: boolean
}

/**
 * The routes that a request may be said to have been for, by what the app's handlers say. It is the last one that was
 * entered, unless it passed the request on, or an error handler did. Where that leaves a choice, there are several.
 */
export function routesOf(layers: readonly Layer[], events: readonly Event[]): ReadonlySet<string | undefined> {
  const places = placesOf(layers)
  const entered = new Set<string | undefined>([undefined])
  let current: Place | undefined
  let answering: Place | undefined
  let isPassed = false
  let isAnswered = false

  for (const [what, id, more] of events) {
    const place = places.get(String(id))
    if (what === 'end') {
      isAnswered = true
      break
    }
    if (what === 'answers') answering = place
    if (what === 'enter') {
      current = place
      isPassed = false
      entered.add(place?.template)
    }
    if (what === 'recover') isPassed = true
    if (what === 'next' && place !== undefined) {
      // What comes next in the same route says so itself.
      const goesOn = more === '' && current?.layer === place.layer && !current.isLast
      if (!goesOn) isPassed = true
    }
  }
  // Two handlers were at it at a time, and whose route it was is a matter of luck.
  if (isForked(events) || (answering !== undefined && answering !== current)) return entered
  const routes = new Set([isPassed ? undefined : current?.template])
  // Express takes turns of the event loop to find that nothing is left that could answer.
  if (!isAnswered) routes.add(undefined).add(current?.template)
  if (answering !== undefined) routes.add(answering.template)
  return routes
}

/** Whether two handlers were at a request at a time, because one had passed it on twice. */
export function isForked(events: readonly Event[]): boolean {
  const passed = events.filter(([what]) => what === 'next').map(([, id]) => id)
  return new Set(passed).size < passed.length
}

/** Whether a handler answered that had passed the request on before. */
export function isAnsweredLate(events: readonly Event[]): boolean {
  const passed = new Set<unknown>()
  for (const [what, id] of events) {
    if (what === 'next') passed.add(id)
    if (what === 'answers' && passed.has(id)) return true
  }
  return false
}

function placesOf(layers: readonly Layer[], prefix = '', parents: readonly number[] = []): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const [index, layer] of layers.entries()) {
    if (layer.kind === 'repair') continue
    const own = [...parents, index]
    if ('layers' in layer) {
      for (const [id, place] of placesOf(layer.layers, prefix + layer.path, own)) places.set(id, place)
      continue
    }
    for (const at of layer.handlers.keys()) {
      places.set([...own, at].join('.'), {
        template: layer.kind === 'route' ? templateOf(prefix, layer.path) : undefined,
        layer: own.join('.'),
        at,
        isLast: at === layer.handlers.length - 1,
      })
    }
  }
  return places
}

function templateOf(prefix: string, path: string): string {
  return path === '/' && prefix !== '' ? prefix : prefix + path
}
