import { existsSync, realpathSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Config } from '../../agent/config.js'
import { leftOut } from '../../agent/left-out.js'
import { isWithin } from '../../agent/versions.js'
import { readManifest } from '../package.js'
import type { Finding } from './finding.js'

/** What there is to trace, as an app in this folder would find it, and which patches are for it. */
export function packages(patches: readonly Patch[], config: Config, folder: string): Finding[] {
  const modules = [...new Set(patches.map(({ module }) => module))]
  const installed = findInstalled(
    modules.filter((module) => !isCore(module)),
    folder,
  )
  return modules.flatMap((module) => {
    const own = patches.filter((patch) => patch.module === module)
    if (isCore(module)) return own.map((patch) => coreFinding(patch, config))
    const copies = installed.filter((copy) => copy.module === module)
    if (copies.length === 0) return [{ grade: 'plain', subject: module, text: 'not installed here' } as const]
    return copies.map((copy) => finding(copy, own, config))
  })
}

function coreFinding(patch: Patch, config: Config): Finding {
  const { module, name = module } = patch
  const text = `part of Node ${process.versions.node}`
  const why = leftOut(patch, config)
  return why === undefined
    ? { grade: 'good', subject: name, text }
    : { grade: 'doubt', subject: name, text: `${text}: not traced, as ${why}` }
}

function finding({ module, version, folder }: Installed, patches: readonly Patch[], config: Config): Finding {
  const text = `${version}, in ${folder}`
  const fitting = patches.filter(({ versions }) => versions === undefined || isWithin(version, versions))
  if (fitting.length === 0) {
    const ranges = [...new Set(patches.map(({ versions }) => versions))].join(' or ')
    return { grade: 'doubt', subject: module, text: `${text}: not traced, the patch is for ${ranges}` }
  }
  const [why] = fitting.flatMap((patch) => leftOut(patch, config) ?? [])
  if (why !== undefined) return { grade: 'doubt', subject: module, text: `${text}: not traced, as ${why}` }
  return { grade: 'good', subject: module, text }
}

/** Found from the app, and from each of these packages: express keeps a router of its own where the app has another. */
function findInstalled(modules: readonly string[], folder: string): Installed[] {
  const found = new Map<string, Installed>()
  const folders = [folder]
  // Grows as it is gone through.
  for (const from of folders) {
    for (const module of modules) {
      const copy = nearest(module, from)
      if (copy === undefined || found.has(copy.folder)) continue
      found.set(copy.folder, copy)
      folders.push(copy.folder)
    }
  }
  return [...found.values()]
}

function nearest(module: string, from: string): Installed | undefined {
  const places = createRequire(join(from, 'app.js')).resolve.paths(module) ?? []
  const place = places.find((place) => existsSync(join(place, module, 'package.json')))
  if (place === undefined) return undefined
  const folder = realpathSync(join(place, module))
  return { module, folder, version: readManifest(folder)?.version ?? '' }
}

function isCore(module: string): boolean {
  return module.startsWith('node:') || Module.builtinModules.includes(module)
}

/** What a patch says of itself. */
interface Patch {
  readonly module: string
  readonly name?: string
  readonly versions?: string
  wanted?(config: Config): boolean
}

interface Installed {
  readonly module: string
  readonly folder: string
  readonly version: string
}
