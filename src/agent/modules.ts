import { createRequire } from 'node:module'
import { join } from 'node:path'

/** What Node says of an ES module is for whoever wrote the `require`. */
const explained: Record<string, string> = {
  ERR_REQUIRE_ESM: `Node ${process.versions.node} cannot load an ES module at once, as 20.19, 22.12 and later ones can`,
  ERR_REQUIRE_ASYNC_MODULE: 'it is an ES module with a top-level await; it is needed at once',
}

/**
 * What a module or file exports that an option names, found as if required from the working directory. Throws what
 * `require` throws, in words for the user.
 */
export function loadModule(name: string): unknown {
  const require = createRequire(join(process.cwd(), 'app.js'))
  try {
    return require(name)
  } catch (error) {
    const explanation = explained[String(property(error, 'code'))]
    throw explanation === undefined ? error : new Error(explanation)
  }
}

/** A property of whatever it may be; `undefined` for what has none. Throws what a getter throws. */
export function property(value: unknown, name: string): unknown {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return isObject ? Reflect.get(value, name) : undefined
}
