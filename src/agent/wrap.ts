import shimmer from 'shimmer'
import { disguise } from './disguise.js'
import type { Method, Wrapper } from './patch.js'

/**
 * Replaces the method `name` of `target` by what `wrapper` makes of it, and leaves no mark that an app could notice:
 * `name`, `length` and enumerability stay, and shimmer's own marks go.
 * Does nothing where there is no such method, because releases differ.
 */
export function wrap<Self>(target: object, name: string, wrapper: Wrapper<Self>): void {
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
  // A name that is written out is found sooner than one that varies, and no method is called as often.
  if (name === 'emit') {
    return function (this: unknown, ...args: never[]): unknown {
      return Reflect.apply(parent.emit ?? missing, this, args)
    }
  }
  return function (this: unknown, ...args: never[]): unknown {
    return Reflect.apply(parent[name] ?? missing, this, args)
  }
}

function missing(): void {}

function hasMethod<Name extends string>(target: object, name: Name): target is Record<Name, Method> {
  return typeof Reflect.get(target, name) === 'function'
}

/** Whether `for … in` lists the property, wherever on the prototype chain it stands. */
function isEnumerable(target: object, name: string): boolean {
  for (let holder: object | null = target; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, name)
    if (descriptor !== undefined) return descriptor.enumerable === true
  }
  return false
}
