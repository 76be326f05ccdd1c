import { createRequire } from 'node:module'
import { join } from 'node:path'

/**
 * What a module or file exports that an option names, found as if required from the working directory. Throws what
 * `require` throws.
 */
export function loadModule(name: string): unknown {
  return createRequire(join(process.cwd(), 'app.js'))(name)
}

/** A property of whatever it may be; `undefined` for what has none. Throws what a getter throws. */
export function property(value: unknown, name: string): unknown {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return isObject ? Reflect.get(value, name) : undefined
}
