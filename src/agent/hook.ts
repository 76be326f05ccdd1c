import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import type { BuiltInPatch, InnerAgent } from './built-in.js'
import { disguise } from './disguise.js'
import { isCore, onFirstRequire } from './first-require.js'
import { onFirstUse } from './first-use.js'
import { leftOut } from './left-out.js'
import { complain, debug, reason } from './log.js'
import { isWithin } from './versions.js'

const STDERR = 2

/**
 * Applies each patch as Node loads what it is for: http when it is first used, other core modules at once, packages when
 * the app asks for them.
 */
export function hook(patches: readonly BuiltInPatch<never>[], agent: InnerAgent): void {
  const { config } = agent
  const enabled = patches.filter((patch) => {
    const why = leftOut(patch, config)
    if (why !== undefined) debug(`${nameOf(patch)} is not traced: ${why}`)
    return why === undefined
  })
  const http = enabled.filter(({ module }) => module === 'http')
  for (const patch of enabled) {
    if (isCore(patch.module) && !http.includes(patch)) apply(patch, require(patch.module), agent)
  }
  if (http.length > 0) onFirstUse(() => http.map((patch) => apply(patch, require(patch.module), agent)))
  const packages = enabled.filter(({ module }) => !isCore(module))
  if (packages.length === 0) return
  patchLoaded(packages, agent)
  onFirstRequire(() => hookPackages(packages, agent))
}

/**
 * What was loaded before the agent: what the app defines from now on is traced. What is only being loaded, or is merely
 * known to Node because an ES module imports it, is patched when it is there.
 */
function patchLoaded(patches: readonly BuiltInPatch<never>[], agent: InnerAgent): void {
  for (const [filename, loaded] of Object.entries(require.cache)) {
    for (const patch of patches) {
      const folder = `node_modules${sep}${patch.module}${sep}`
      const start = filename.lastIndexOf(folder)
      if (start === -1 || loaded === undefined) continue
      const basedir = filename.slice(0, start + folder.length - 1)
      if (filename !== fileOf(patch, basedir)) continue
      if (!loaded.loaded) {
        applyWhenLoaded(loaded, patch, agent, basedir)
        continue
      }
      debug(`${nameOf(patch)} was loaded before the agent: what has been set up with it by now may not be traced`)
      apply(patch, loaded.exports, agent, basedir)
    }
  }
}

function hookPackages(patches: readonly BuiltInPatch<never>[], agent: InnerAgent): void {
  const { require: original } = Module.prototype
  const getBuiltinModule = Object.getOwnPropertyDescriptor(process, 'getBuiltinModule')
  try {
    const { Hook } = requireHook()
    new Hook([...new Set(patches.map(nameOf))], (exports, name, basedir = '') => {
      for (const patch of patches) {
        if (nameOf(patch) === name) apply(patch, exports, agent, basedir)
        else if (name.startsWith(`${patch.module}/`)) patchImported(patch, agent, basedir)
      }
      return exports
    })
  } catch (error) {
    complain('hook', `packages are not traced: ${reason(error)}`)
  }
  disguise(Module.prototype.require, original)
  // Core modules are patched already.
  if (getBuiltinModule !== undefined) Object.defineProperty(process, 'getBuiltinModule', getBuiltinModule)
}

/** What it logs with asks whether stderr is a terminal, and would create the stream, which an app could notice. */
function requireHook(): typeof import('require-in-the-middle') {
  const stderr = Object.getOwnPropertyDescriptor(process, 'stderr')
  if (stderr === undefined) return require('require-in-the-middle')
  const { isatty }: typeof import('node:tty') = require('node:tty')
  const value = { fd: STDERR, isTTY: isatty(STDERR) }
  Object.defineProperty(process, 'stderr', { value, configurable: true, enumerable: true })
  try {
    return require('require-in-the-middle')
  } finally {
    Object.defineProperty(process, 'stderr', stderr)
  }
}

/**
 * A package's main file that an ES module imports is loaded without `require`; only the files inside are required.
 * When one of those is, the main file is still being loaded: it is patched as soon as Node marks it as loaded.
 */
function patchImported(patch: BuiltInPatch<never>, agent: InnerAgent, basedir: string): void {
  if (patch.file !== undefined) return
  const main = require.cache[fileOf(patch, basedir)]
  if (main !== undefined && !main.loaded) applyWhenLoaded(main, patch, agent, basedir)
}

/** What waits for modules that are being loaded, by patch. */
const waiting = new WeakMap<NodeJS.Module, Map<BuiltInPatch<never>, () => void>>()

function applyWhenLoaded(module: NodeJS.Module, patch: BuiltInPatch<never>, agent: InnerAgent, basedir: string): void {
  const patches = waiting.get(module) ?? new Map<BuiltInPatch<never>, () => void>()
  patches.set(patch, () => apply(patch, module.exports, agent, basedir))
  if (waiting.has(module)) return
  waiting.set(module, patches)
  Object.defineProperty(module, 'loaded', {
    configurable: true,
    enumerable: true,
    get: () => false,
    set(value: boolean) {
      Object.defineProperty(module, 'loaded', { configurable: true, enumerable: true, writable: true, value })
      for (const applyNow of patches.values()) applyNow()
    },
  })
}

/** What each patch has been applied to: a package may be found in more than one of these ways. */
const patched = new WeakMap<BuiltInPatch<never>, WeakSet<object>>()

function apply(patch: BuiltInPatch<never>, exports: unknown, agent: InnerAgent, basedir = ''): void {
  try {
    if (!isPatchable(exports)) return
    const seen = patched.get(patch) ?? new WeakSet()
    patched.set(patch, seen)
    if (seen.has(exports)) return
    seen.add(exports)
    const { versions } = patch
    const version = versions === undefined ? process.versions.node : versionOf(basedir)
    if (versions !== undefined && !isWithin(version, versions)) {
      debug(`${nameOf(patch)} ${version} is not traced: the patch is for ${versions}`)
      return
    }
    patch.patch(exports, agent)
    debug(`patched ${nameOf(patch)} ${version}`)
  } catch (error) {
    complain(`patch ${nameOf(patch)}`, `${nameOf(patch)} could not be patched: ${reason(error)}`)
  }
}

function isPatchable(exports: unknown): exports is never {
  return (typeof exports === 'object' && exports !== null) || typeof exports === 'function'
}

/** A patched file as `require-in-the-middle` calls it: `router`, `express/lib/router/layer`. */
function nameOf({ module, name = module, file }: BuiltInPatch<never>): string {
  if (isCore(module)) return name
  return file === undefined ? module : `${module}/${file.replace(/\/index$/, '')}`
}

function fileOf({ file }: BuiltInPatch<never>, basedir: string): string {
  if (file !== undefined) return `${join(basedir, file)}.js`
  return createRequire(join(basedir, 'package.json')).resolve(basedir)
}

/** Read from the file, because `require` would leave a trace in the app's module cache. */
function versionOf(basedir: string): string {
  return String(JSON.parse(readFileSync(join(basedir, 'package.json'), 'utf8')).version)
}
