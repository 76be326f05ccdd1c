import { Given } from './given.js'

/** The layer of a router: what `use`, `route` and the like put on its `stack`. */
export interface Layer {
  readonly name?: string
  /** The route behind the layer; absent or undefined for middleware. */
  readonly route?: unknown
  match(path: string): unknown
}

export interface Router {
  readonly stack: Layer[]
  readonly caseSensitive?: boolean
  readonly strict?: boolean
}

/** What a layer was defined with: routers themselves keep no template, only what matches it. */
export interface Definition {
  readonly router: object
  readonly template: string
  /** For several paths at once: each by itself. */
  readonly choices: readonly Choice[] | undefined
}

interface Choice {
  readonly template: string
  readonly layer: Layer
}

/** A layer, or the route behind it, of which it is known. */
class Defined extends Given {
  #definition: Definition

  private constructor(layer: object, definition: Definition) {
    super(layer)
    this.#definition = definition
  }

  static as(layer: object, definition: Definition): void {
    if (#definition in layer) layer.#definition = definition
    else new Defined(layer, definition)
  }

  static definition(layer: object): Definition | undefined {
    return #definition in layer ? layer.#definition : undefined
  }
}

let someMountHasChoices = false

/** Whether anything was mounted at several paths at once. */
export function haveMountsChoices(): boolean {
  return someMountHasChoices
}

/** Notes the path with which a router defined the layers from index `first` on. */
export function define(router: Router, first: number, path: unknown): void {
  for (const layer of router.stack.slice(first)) {
    const isRoute = layer.route !== undefined
    const paths = Array.isArray(path) ? path.flat(Number.POSITIVE_INFINITY) : [path]
    const templates = paths.map(isRoute ? routeTemplate : mountTemplate)
    const choices = paths.length < 2 ? undefined : paths.map((each, at) => choice(layer, router, each, templates[at]))
    if (choices !== undefined && !isRoute) someMountHasChoices = true
    const definition = { router, template: templates.join('|'), choices }
    Defined.as(layer, definition)
    if (typeof layer.route === 'object' && layer.route !== null) Defined.as(layer.route, definition)
  }
}

/** That of a layer or a route. */
export function definitionOf(layer: object): Definition | undefined {
  return Defined.definition(layer)
}

/** The path that a definition method was called with: its first argument, unless that is a handler already. */
export function pathArgument(first: unknown): unknown {
  let leaf = first
  while (Array.isArray(leaf) && leaf.length > 0) leaf = leaf[0]
  return typeof leaf === 'function' ? '/' : first
}

/** Of several templates, the one that the request's URL, as the router saw it, matches. */
export function choose({ template, choices }: Definition, url: unknown): string {
  const path = pathname(String(url))
  return choices?.find(({ layer }) => matches(layer, path))?.template ?? template
}

/** The template of what is mounted at `prefix`. */
export function join(prefix: string, template: string): string {
  if (template === '/') return prefix === '' ? '/' : prefix
  return prefix === '' ? template : prefix + withSlash(template)
}

function routeTemplate(path: unknown): string {
  return String(path) || '/'
}

/** A mount path without its last slash, so that `/` mounts nothing. */
function mountTemplate(path: unknown): string {
  if (typeof path !== 'string') return String(path)
  return path.endsWith('/') ? path.slice(0, -1) : withSlash(path)
}

/** `*` and the like get the slash that their router sees in front of them; a group brings its own. */
function withSlash(template: string): string {
  return template === '' || /^[/{(]/.test(template) ? template : `/${template}`
}

/** A layer of the same make for one path of several, since a layer does not say which of its paths matched. */
function choice(layer: Layer, { caseSensitive, strict }: Router, path: unknown, template = ''): Choice {
  const isRoute = layer.route !== undefined
  const options = { sensitive: caseSensitive, strict: isRoute ? strict : false, end: isRoute }
  // A match must not move the `lastIndex` of the app's own expression.
  const own = path instanceof RegExp ? new RegExp(path.source, path.flags.replace(/[gy]/g, '')) : path
  return { template, layer: Reflect.construct(layer.constructor, [own, options, function unused() {}]) }
}

function matches(layer: Layer, path: string): boolean {
  try {
    return Boolean(layer.match(path))
  } catch {
    return false
  }
}

/** The path that routers match: without host, query and fragment. */
function pathname(url: string): string {
  const start = url.startsWith('/') ? 0 : Math.max(url.indexOf('/', url.indexOf('://') + 3), 0)
  const end = url.slice(start).search(/[?#]/)
  return end === -1 ? url.slice(start) : url.slice(start, start + end)
}
