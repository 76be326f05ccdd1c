import { property } from './modules.js'
import { choose, type Definition, definitionOf, haveMountsChoices, join, type Layer } from './templates.js'

/** A request as routers leave it while they are at it. */
export interface RoutedRequest {
  readonly url?: unknown
  readonly baseUrl?: unknown
  readonly route?: unknown
}

/** What is known of the answer to the request. */
export interface Answer {
  /** Whether it was given, so that nothing which routers still do can change what the request was for. */
  readonly settled: boolean
}

/** A router that a request is in. */
export interface Frame {
  readonly router: object
  readonly parent: Frame | undefined
  /** The mount templates that lead to the router. */
  readonly prefix: string
  /** The mount path as it arrived, to tell at which path of several a layer was mounted, where one has several. */
  readonly baseUrl: unknown
  /** The route that the router stands in, when it is used as a route's handler. */
  readonly route: string | undefined
  /** The template of the layer entered last, where that cuts its path off for what it mounts. */
  mount: string
}

/**
 * A request's way through nested routers, and the route that this makes. A router entered is a frame on the one that
 * mounted it. Nothing is written on routers, layers or requests, and no `next` is wrapped: that a route has passed the
 * request on shows when another layer is entered, or the router left.
 *
 * Express gives each request and response a hidden class of its own. A property of them is looked up slowly, and is read
 * where nothing else tells.
 */
export class Journey {
  /** The route so far; `undefined` while no route has taken the request, or each has passed it on. */
  route: string | undefined
  /** The layer entered last inside a route: it bears the handler's name. */
  handler: Layer | undefined
  private frame: Frame | undefined
  /** The route that was entered or left last, to tell one that failed before it was entered: in `router.param`. */
  private passed: unknown
  /** Whether a request can have a route that it never entered: where its parameters cannot be loaded. */
  private mayFailBefore = false

  /** Answers what `leaveRouter` wants back. */
  enterRouter(router: object, req: RoutedRequest): Frame {
    const parent = this.frame
    const frame: Frame = {
      router,
      parent,
      prefix: parent === undefined ? '' : parent.prefix + parent.mount,
      baseUrl: haveMountsChoices() ? req.baseUrl : undefined,
      route: this.route,
      mount: '',
    }
    this.frame = frame
    this.mayFailBefore ||= hasParameters(router)
    return frame
  }

  /** The router passes the request on, and so did every route in it, unless one failed. */
  leaveRouter(frame: Frame, failed: boolean, answer: Answer): void {
    const isChange = !failed && this.route !== frame.route
    if (isChange && answer.settled) return
    this.frame = frame.parent
    if (isChange) this.route = frame.route
  }

  enterLayer(layer: Layer, req: RoutedRequest, answer: Answer): void {
    const definition = definitionOf(layer)
    if (definition === undefined) {
      const isFirst = this.handler === undefined && this.route !== undefined
      if (isFirst || !answer.settled) this.handler = layer
      return
    }
    const frame = this.frameOf(definition.router) ?? this.frame
    if (frame === undefined) return
    const { route } = layer
    const isChange = route !== undefined || this.route !== frame.route
    if (isChange && answer.settled) return
    this.frame = frame
    if (route === undefined) {
      // Of middleware, Express leaves the route that was an earlier layer's.
      if (this.mayFailBefore) this.passed = req.route
      frame.mount = mountOf(definition, req, frame)
      this.route = frame.route
      return
    }
    this.passed = route
    frame.mount = ''
    this.route = join(frame.prefix, routeOf(definition, req))
  }

  /** An error turned up. A route whose parameters could not be loaded is the request's route, though never entered. */
  fail(req: RoutedRequest): void {
    const { route } = req
    if (typeof route !== 'object' || route === null || route === this.passed) return
    const definition = definitionOf(route)
    if (definition === undefined) return
    const frame = this.frameOf(definition.router)
    if (frame !== undefined) this.route = join(frame.prefix, routeOf(definition, req))
  }

  /** The innermost frame of a router: those inside it may have been left without a word. */
  private frameOf(router: object): Frame | undefined {
    for (let frame = this.frame; frame !== undefined; frame = frame.parent) {
      if (frame.router === router) return frame
    }
    return undefined
  }
}

function routeOf(definition: Definition, req: RoutedRequest): string {
  return definition.choices === undefined ? definition.template : choose(definition, req.url)
}

/** Of what a mounted layer has cut off: `baseUrl` grew by it. */
function mountOf(definition: Definition, req: RoutedRequest, frame: Frame): string {
  if (definition.choices === undefined) return definition.template
  const path = String(req.baseUrl ?? '').slice(String(frame.baseUrl ?? '').length)
  return choose(definition, path || '/')
}

/** Whether `router.param` was called. */
function hasParameters(router: object): boolean {
  const parameters = property(router, 'params')
  if (typeof parameters !== 'object' || parameters === null) return false
  for (const _name in parameters) return true
  return false
}
