import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of this copy of the package: the commands are one file in its `dist`. */
export const root = join(__dirname, '..')

/** What is read of a package.json. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly scripts: Readonly<Record<string, string>>
}

export const { version, description } = readManifest(root) ?? { version: 'unknown', description: '' }

/** The package.json in a folder; `undefined` where there is none that can be read. */
export function readManifest(folder: string): Manifest | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (typeof manifest !== 'object' || manifest === null) return undefined
    const { name, version, description, scripts }: Partial<Record<string, unknown>> = { ...manifest }
    return { name: text(name), version: text(version), description: text(description), scripts: texts(scripts) }
  } catch {
    return undefined
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function texts(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, text(entry)]))
}
