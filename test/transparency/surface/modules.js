const { createHash } = require('node:crypto')
const EventEmitter = require('node:events')
const { add, fact } = require('./facts')
const { chain, nameOf, outside, properties } = require('./shapes')

const modules = ['http', 'https', 'net', 'events', 'stream', 'diagnostics_channel', 'async_hooks', 'module', 'timers']
const globals = { process, Error, Object, Function, Array, Promise, Symbol, Map, Reflect, JSON }
const seen = new Set()

/** Notes what Node's modules and the globals look like. */
exports.noteModules = () => {
  for (const name of modules) visit(name, require(`node:${name}`))
  for (const [name, object] of Object.entries(globals)) visit(name, object)
  fact('globalThis: properties', properties(globalThis))
}

/** Notes what an object, and each function and class that is found on it, looks like. */
exports.visit = visit

function visit(path, object) {
  if (seen.has(object)) return
  seen.add(object)
  if (path.endsWith('.prototype')) add('properties of prototypes', path, properties(object))
  else fact(`${path}: properties`, properties(object))
  fact(`${path}: inherits from`, chain(object))
  for (const [name, fn] of functionsOf(object)) {
    note(`${path}.${name}`, fn)
    if (!isClass(fn)) continue
    visit(`${path}.${name}`, fn)
    visit(`${path}.${name}.prototype`, fn.prototype)
  }
}

function* functionsOf(object) {
  for (const key of Reflect.ownKeys(object)) {
    if (key === 'constructor') continue
    const { value, get, set } = Object.getOwnPropertyDescriptor(object, key)
    if (typeof value === 'function') yield [nameOf(key), value]
    if (get) yield [`get ${nameOf(key)}`, get]
    if (set) yield [`set ${nameOf(key)}`, set]
  }
  if (object instanceof EventEmitter) yield* inheritedMethods(object)
}

/** What can be called on an emitter, whichever class it has it from. */
function* inheritedMethods(object) {
  const own = new Set(Reflect.ownKeys(object))
  for (let next = Object.getPrototypeOf(object); next !== Object.prototype; next = Object.getPrototypeOf(next)) {
    for (const key of Reflect.ownKeys(next)) {
      const { value } = Object.getOwnPropertyDescriptor(next, key)
      if (typeof value === 'function' && key !== 'constructor' && !own.has(key))
        yield [nameOf(own.add(key) && key), value]
    }
  }
}

function isClass(fn) {
  if (!Object.hasOwn(fn, 'prototype') || !fn.prototype) return false
  return Reflect.ownKeys(fn.prototype).length > 1 || chain(fn.prototype).length > 1
}

function note(path, fn) {
  fact(`${path}: function`, outside(fn))
  const source = Function.prototype.toString.call(fn)
  add('sources of functions', path, `#${createHash('sha1').update(source).digest('hex')}`)
}
