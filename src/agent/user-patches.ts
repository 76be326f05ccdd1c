import { quote, reason, say } from './log.js'
import { loadModule, property } from './modules.js'
import type { Patch } from './patch.js'

/**
 * The patches that the modules of `TRACE_PATCHES` export: one, a list of them, or several by name. Of a module that has
 * none the user is told. Never throws.
 */
export function loadPatches(names: readonly string[]): Patch<never>[] {
  return names.flatMap((name) => {
    try {
      const patches = patchesIn(loadModule(name))
      if (patches.length === 0) refuse(name, 'it exports no patch, which has a `module` and a function `patch`')
      return patches
    } catch (error) {
      refuse(name, reason(error))
      return []
    }
  })
}

function patchesIn(exported: unknown): Patch<never>[] {
  if (isPatch(exported)) return [exported]
  const several = Array.isArray(exported) ? exported : typeof exported === 'object' ? Object.values(exported ?? {}) : []
  // `module.exports` of an ES module stands there under two names.
  return [...new Set(several.flatMap((one) => (Array.isArray(one) ? one : [one])).filter(isPatch))]
}

function isPatch(value: unknown): value is Patch<never> {
  return typeof property(value, 'module') === 'string' && typeof property(value, 'patch') === 'function'
}

function refuse(name: string, why: string): void {
  say(`TRACE_PATCHES: ${quote(name)} cannot be used: ${why}`)
}
