import { readFileSync, realpathSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'

/** What runs under pm2 is no script of its process, which runs one of pm2's own. */
const PM2_SCRIPT = /[\\/]ProcessContainer\w*\.js$/

/** What a service is called, and where that was found: a variable, a file, or in words. */
export interface ServiceName {
  readonly name: string
  readonly source: string
}

/** What the service is called: as the user says, else after its package or its script. Reads files; never throws. */
export function serviceName(environment: NodeJS.ProcessEnv, script: string | undefined): ServiceName {
  for (const variable of ['TRACE_SERVICE_NAME', 'JAEGER_SERVICE_NAME', 'OTEL_SERVICE_NAME']) {
    const name = environment[variable]?.trim()
    if (name) return { name, source: variable }
  }
  const app = PM2_SCRIPT.test(script ?? '') ? environment.pm_exec_path : script
  const named = packageName(app)
  if (named !== undefined) return named
  const name = app ? parse(app).name : ''
  return name ? { name, source: 'the script' } : { name: 'node', source: 'neither a package.json nor a script' }
}

/** The `name` in the nearest package.json that has one, from the script's real folder upwards. */
function packageName(script: string | undefined): ServiceName | undefined {
  let folder = folderOf(script)
  for (;;) {
    const source = join(folder, 'package.json')
    const name = nameIn(source)
    if (name !== undefined) return { name, source }
    const parent = dirname(folder)
    if (parent === folder) return undefined
    folder = parent
  }
}

function folderOf(script: string | undefined): string {
  try {
    return script ? dirname(realpathSync(script)) : process.cwd()
  } catch {
    // The script of `node app` has an extension that the command leaves out; a working directory can be deleted.
    return dirname(script ?? '')
  }
}

function nameIn(file: string): string | undefined {
  try {
    const description: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof description !== 'object' || description === null || !('name' in description)) return undefined
    return typeof description.name === 'string' && description.name.trim() !== '' ? description.name : undefined
  } catch {
    return undefined
  }
}
