import type { Method } from './patch.js'

/** Gives a replacement the name and the arity of the function that it stands for. */
export function disguise<Replacement extends object>(replacement: Replacement, original: Method): Replacement {
  Object.defineProperty(replacement, 'name', { value: original.name, configurable: true })
  Object.defineProperty(replacement, 'length', { value: original.length, configurable: true })
  return replacement
}
