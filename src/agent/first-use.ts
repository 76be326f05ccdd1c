import EventEmitter from 'node:events'
import { disguise } from './disguise.js'
import type { Method } from './patch.js'

/** How Node notes that a part of http has been loaded, by itself, as a part of https, or by its own name. */
const HTTP = /^NativeModule _http_(client|server)$/

/**
 * Calls `begin` when http has been loaded, in whatever way, before it makes its first server, request or response: all of
 * those are event emitters, and an emitter is set up by `EventEmitter.init` (which `domain` relies on, too). To load http
 * for a script that needs none would take time, and would end what the script may still change in Node's HTTP parser.
 * What is answered calls it off.
 */
export function onFirstUse(begin: () => void): () => void {
  const modules: unknown = Reflect.get(process, 'moduleLoadList')
  const init: unknown = Reflect.get(EventEmitter, 'init')
  if (!Array.isArray(modules) || !isMethod(init) || hasHttp(modules)) {
    begin()
    return tooLate
  }
  let isDue = true
  let known = modules.length

  const trigger = disguise(function (this: unknown, ...args: never[]): unknown {
    if (isDue && modules.length !== known) {
      known = modules.length
      if (hasHttp(modules)) {
        callOff()
        begin()
      }
    }
    return Reflect.apply(init, this, args)
  }, init)
  Reflect.set(EventEmitter, 'init', trigger)

  function callOff(): void {
    isDue = false
    if (Reflect.get(EventEmitter, 'init') === trigger) Reflect.set(EventEmitter, 'init', init)
  }
  return callOff
}

function tooLate(): void {}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function'
}

function hasHttp(modules: readonly unknown[]): boolean {
  return modules.some((module) => HTTP.test(String(module)))
}
