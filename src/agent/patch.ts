import type { IncomingMessage, ServerResponse } from 'node:http'
import shimmer from 'shimmer'
import type { ClientSpan } from './client-span.js'
import type { Config } from './config.js'
import type { Scope } from './context.js'
import type { Target } from './target.js'

/** How one library is traced. Every file in `src/patches` describes one; a user's own patch is the same thing. */
export interface Patch<Exports = unknown> {
  /** The module to wait for, as an app would require it. */
  readonly module: string
  /** What `TRACE_DISABLE` calls it, where that is not the module. */
  readonly name?: string
  /** The file inside it that holds what the patch wraps, without `.js`; the module's main file when left out. */
  readonly file?: string
  /** The releases the patch is written for, as `>=4.16 <5`. Core modules need none. */
  readonly versions?: string
  /** Whether the options ask for it; where left out they do. */
  wanted?(config: Config): boolean
  /** Wraps what needs wrapping, in place. */
  patch(exports: Exports, agent: Agent): void
}

/** What a patch may ask of the agent. */
export interface Agent {
  readonly config: Config
  /** Makes the tracer ready before the first request needs it, off the app's start. Never throws. */
  prepare(): void
  /** The new span of a request that has just arrived, or what stands for it when it is not to be traced. Never throws. */
  begin(req: IncomingMessage, res: ServerResponse | undefined): Scope | undefined
  /** The new span of a call that the app makes, or what stands for it; `undefined` for the agent's own. Never throws. */
  call(target: Target): ClientSpan | undefined
}

/** Any function, as a wrapper passes it on to `Reflect.apply`. */
export type Method = (...args: never[]) => unknown

/**
 * Replaces the method `name` of `target` by what `wrapper` makes of it, and leaves no mark that an app could notice:
 * `name`, `length` and enumerability stay, and shimmer's own marks go.
 * Does nothing where there is no such method, because releases differ.
 */
export function wrap<Self>(
  target: object,
  name: string,
  wrapper: (original: Method) => (this: Self, ...args: unknown[]) => unknown,
): void {
  if (!hasMethod(target, name)) return
  const enumerable = isEnumerable(target, name)

  const inherited = Object.hasOwn(target, name) ? undefined : inheritedMethod(target, name)
  shimmer.wrap(target, name, (original) => disguise(wrapper(inherited ?? original), original))

  const wrapped: object = Reflect.get(target, name)
  for (const mark of ['__original', '__unwrap', '__wrapped']) Reflect.deleteProperty(wrapped, mark)
  if (enumerable) Object.defineProperty(target, name, { enumerable })
}

/**
 * What `super` means at the time of each call: `domain`, and whoever else replaces `EventEmitter.prototype.emit` later
 * than we wrap an heir of it, stays in the chain.
 */
function inheritedMethod(target: object, name: string): Method {
  const parent: Record<string, Method> = Object.getPrototypeOf(target)
  return function (this: unknown, ...args: never[]): unknown {
    return Reflect.apply(parent[name] ?? missing, this, args)
  }
}

function missing(): void {}

function hasMethod<Name extends string>(target: object, name: Name): target is Record<Name, Method> {
  return typeof Reflect.get(target, name) === 'function'
}

/** Gives a replacement the name and the arity of the function that it stands for. */
export function disguise<Replacement extends object>(replacement: Replacement, original: Method): Replacement {
  Object.defineProperty(replacement, 'name', { value: original.name, configurable: true })
  Object.defineProperty(replacement, 'length', { value: original.length, configurable: true })
  return replacement
}

/** Whether `for … in` lists the property, wherever on the prototype chain it stands. */
function isEnumerable(target: object, name: string): boolean {
  for (let holder: object | null = target; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name)
    if (descriptor !== undefined) return descriptor.enumerable === true
  }
  return false
}
