/** How one library is traced: what a module exports that `TRACE_PATCHES` names, and every file of the agent's own. */
export interface Patch<Exports = unknown> {
  /** The module to wait for, as an app would require it. */
  readonly module: string
  /** What `TRACE_DISABLE` calls it, where that is not the module. */
  readonly name?: string
  /** The file inside it that holds what the patch wraps, without `.js`; the module's main file when left out. */
  readonly file?: string
  /** The releases the patch is written for, as `>=4.16 <5`. Core modules need none. */
  readonly versions?: string
  /** Wraps what needs wrapping, in place. What it throws is said on stderr, and the module stays as it is. */
  patch(exports: Exports, agent: Agent): void
}

/** What a patch may ask of the agent, besides what `tracing` exports. */
export interface Agent {
  /**
   * Replaces the method `name` of `target` by what `wrapper` makes of it, with the name and arity of the original.
   * Does nothing where there is no such method.
   */
  wrap<Self>(target: object, name: string, wrapper: Wrapper<Self>): void
  /**
   * Tells which route serves the running request, or `req`, as `/users/:id`: its span is named after it, if
   * `TRACE_OPERATION` asks for that, and gets the tag `http.route`. The last one told counts. Does nothing for what is
   * no traced request. Never throws.
   */
  route(template: string, req?: unknown): void
}

/** Makes the replacement of a method. It passes on `this`, all arguments and the result. */
export type Wrapper<Self> = (original: Method) => (this: Self, ...args: unknown[]) => unknown

/** Any function, as a wrapper passes it on to `Reflect.apply`. */
export type Method = (...args: never[]) => unknown
