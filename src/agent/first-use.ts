import EventEmitter from 'node:events'
import { wrap } from './wrap.js'

/** How Node notes that a part of http has been loaded, by itself, as a part of https, or by its own name. */
const HTTP = /^NativeModule _http_(client|server)$/

/**
 * Calls `begin` when http has been loaded, in whatever way, before it makes its first server, request or response: all of
 * those are event emitters, and an emitter is set up by `EventEmitter.init` (which `domain` relies on, too). To load http
 * for a script that needs none would take time, and would end what the script may still change in Node's HTTP parser.
 */
export function onFirstUse(begin: () => void): void {
  const modules: unknown = Reflect.get(process, 'moduleLoadList')
  const init: unknown = Reflect.get(EventEmitter, 'init')
  if (!Array.isArray(modules) || typeof init !== 'function' || hasHttp(modules)) {
    begin()
    return
  }
  let known = modules.length
  let begun = false
  wrap(EventEmitter, 'init', (original) => {
    return function (...args) {
      if (!begun && modules.length !== known) {
        known = modules.length
        begun = hasHttp(modules)
        if (begun) {
          if (Reflect.get(EventEmitter, 'init') === trigger) Reflect.set(EventEmitter, 'init', init)
          begin()
        }
      }
      return Reflect.apply(original, this, args)
    }
  })
  const trigger: unknown = Reflect.get(EventEmitter, 'init')
}

function hasHttp(modules: readonly unknown[]): boolean {
  return modules.some((module) => HTTP.test(String(module)))
}
