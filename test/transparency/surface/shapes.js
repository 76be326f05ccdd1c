const { inspect } = require('node:util')
const { plain } = require('./facts')

/** The properties of an object in their order, each as its descriptor tells: no getter is called. */
exports.properties = (object) =>
  Object.fromEntries(
    Reflect.ownKeys(object).map((key) => {
      const [name, property] = [nameOf(key), propertyOf(Object.getOwnPropertyDescriptor(object, key))]
      return [name, plain(`${name}: ${property}`).slice(name.length + 2)]
    }),
  )

/** What an app sees of a function without calling it or reading its source. */
exports.outside = (fn) => ({ name: fn.name, length: fn.length, properties: exports.properties(fn) })

/** The classes that an object inherits from, nearest first. */
exports.chain = (object) => {
  const names = []
  for (let next = Object.getPrototypeOf(object); next !== null; next = Object.getPrototypeOf(next))
    names.push(Object.hasOwn(next, 'constructor') ? String(next.constructor?.name) : '?')
  return names
}

/** By event, who listens. */
exports.listeners = (emitter) =>
  Object.fromEntries(
    emitter.eventNames().map((name) => [nameOf(name), emitter.rawListeners(name).map(({ name }) => name || '?')]),
  )

/** All that `for … in` visits. What a class has of its own comes before what it inherits: the order says no more. */
exports.visited = (object) => {
  const names = []
  for (const name in object) names.push(name)
  return names.sort()
}

/** As `console.log` prints it, but for the brackets around symbols, which Node 24 leaves out. */
exports.printed = (object) =>
  plain(inspect(object, { depth: 0, breakLength: 120 }))
    .replace(/\[(Symbol\(.*?\))\]/g, '$1')
    .split('\n')

exports.nameOf = nameOf

function nameOf(key) {
  return typeof key === 'symbol' ? `[${String(key)}]` : key
}

function propertyOf({ value, get, set, writable, enumerable, configurable }) {
  const flags = [writable && 'writable', enumerable && 'enumerable', configurable && 'configurable'].filter(Boolean)
  const what = get || set ? [get && 'get', set && 'set'].filter(Boolean).join('/') : shown(value)
  return `${what} (${flags.join(', ')})`
}

function shown(value) {
  if (typeof value === 'function') return `function ${value.name}/${value.length}`
  if (typeof value === 'object' && value !== null) return `object ${Object.prototype.toString.call(value)}`
  return typeof value === 'string' ? plain(JSON.stringify(value)) : String(value)
}
