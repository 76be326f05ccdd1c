import Module from 'node:module'
import { disguise } from './disguise.js'

/**
 * Calls `begin` at the first `require` of a package, a file or what else `concerns` the caller, before that is served:
 * what hooks packages takes longer to load than Node takes to run a script that needs none. What is answered calls it
 * off.
 */
export function onFirstRequire(begin: () => void, concerns = isNoCore): () => void {
  const { require: original } = Module.prototype
  let isDue = true

  const trigger = disguise(function (this: NodeJS.Module, ...args: unknown[]): unknown {
    if (!isDue || !concerns(args[0])) return Reflect.apply(original, this, args)
    const isOurs = Module.prototype.require === trigger
    callOff()
    begin()
    // Node leaves the main module on what it finds as `require`.
    const main = Object.getOwnPropertyDescriptor(trigger, 'main')
    if (isOurs && main !== undefined) Object.defineProperty(Module.prototype.require, 'main', main)
    return Reflect.apply(isOurs ? Module.prototype.require : original, this, args)
  }, original)
  Module.prototype.require = trigger

  function callOff(): void {
    isDue = false
    if (Module.prototype.require === trigger) Module.prototype.require = original
  }
  return callOff
}

/** Node itself requires core modules to evaluate a script. */
function isNoCore(id: unknown): boolean {
  return !isCore(id)
}

/** `Module.isBuiltin` is younger than Node 18. */
export function isCore(id: unknown): boolean {
  return typeof id === 'string' && (id.startsWith('node:') || Module.builtinModules.includes(id))
}
