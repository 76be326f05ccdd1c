import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readManifest, root, version } from '../package.js'
import type { Finding } from './finding.js'

const OLDEST_NODE = 18

/** Which Node and which copies of the package there are. */
export function installation(folder: string): Finding[] {
  const node = process.versions.node
  const isOld = Number(node.split('.')[0]) < OLDEST_NODE
  const others = copies(folder).filter((copy) => copy !== root)
  return [
    { grade: 'good', subject: 'tracing', text: `${version}, in ${root}` },
    isOld
      ? { grade: 'bad', subject: 'Node', text: `${node} is too old: ${OLDEST_NODE} is needed` }
      : { grade: 'good', subject: 'Node', text: node },
    ...others.map((copy): Finding => {
      const text = `${readManifest(copy)?.version}, in ${copy}: of two copies, the first that is loaded traces`
      return { grade: 'doubt', subject: 'another copy', text }
    }),
  ]
}

/** The package, wherever an app in this folder could find it. */
function copies(folder: string): string[] {
  const copy = join(folder, 'node_modules', 'tracing')
  const here = readManifest(copy) === undefined ? [] : [realpathSync(copy)]
  const parent = dirname(folder)
  return parent === folder ? here : [...here, ...copies(parent)]
}
