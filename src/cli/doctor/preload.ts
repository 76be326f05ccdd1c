import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readManifest } from '../package.js'
import type { Finding } from './finding.js'

const REGISTER = 'tracing/register'
const COMMAND = `node -r ${REGISTER} app.js`

/** Whether Node would find the agent, and whether anything asks for it. */
export function preload(environment: NodeJS.ProcessEnv, folder: string): Finding[] {
  const preloads = preloadsIn(environment.NODE_OPTIONS ?? '')
  const at = preloads.findIndex((specifier) => isAgent(locate(specifier, folder)))
  const agent = locate(REGISTER, folder)
  const findings: Finding[] = []
  if (at !== -1) findings.push({ grade: 'good', subject: 'NODE_OPTIONS', text: `loads the agent, ${preloads[at]}` })
  else if (agent === undefined) findings.push(missing(folder))
  else findings.push({ grade: 'good', subject: REGISTER, text: `is found from ${folder}` }, ...askedFor(folder))

  for (const specifier of preloads.slice(0, Math.max(at, 0))) {
    const text = `${specifier} is loaded before the agent: it should come after, unless it sets variables`
    findings.push({ grade: 'doubt', subject: 'NODE_OPTIONS', text })
  }
  return findings
}

function missing(folder: string): Finding {
  return { grade: 'bad', subject: REGISTER, text: `is not found from ${folder}: npm install tracing` }
}

/** Without NODE_OPTIONS, by a script of the app's package.json, or by whoever types the command. */
function askedFor(folder: string): Finding[] {
  const scripts = Object.entries(readManifest(folder)?.scripts ?? {}).filter(([, command]) =>
    command.includes(REGISTER),
  )
  if (scripts.length > 0) {
    const names = scripts.map(([name]) => `npm run ${name}`).join(', ')
    return [{ grade: 'good', subject: 'package.json', text: `${names} loads the agent` }]
  }
  const text = `neither NODE_OPTIONS nor a script of package.json asks for it: start the app with ${COMMAND}`
  return [{ grade: 'doubt', subject: 'preload', text }]
}

/** The modules that Node preloads, in the order in which it does. */
function preloadsIn(nodeOptions: string): string[] {
  const words = nodeOptions.match(/(?:[^\s"]|"(?:\\.|[^"\\])*")+/g) ?? []
  const options = words.map((word) =>
    word.replace(/"((?:\\.|[^"\\])*)"/g, (_, quoted) => quoted.replace(/\\(.)/g, '$1')),
  )
  const required = valuesOf(options, '-r', '--require')
  return [...required, ...valuesOf(options, '--import')]
}

function valuesOf(options: readonly string[], ...names: readonly string[]): string[] {
  return options.flatMap((option, index) => {
    const [name = '', value] = option.split(/=(.*)/s, 2)
    if (!names.includes(name)) return []
    return value ?? options[index + 1] ?? []
  })
}

/** The file that Node would load; `undefined` where it finds none. */
function locate(specifier: string, folder: string): string | undefined {
  try {
    if (specifier.startsWith('file:')) return realpathSync(fileURLToPath(specifier))
    return realpathSync(createRequire(join(folder, 'app.js')).resolve(specifier))
  } catch {
    return undefined
  }
}

function isAgent(file: string | undefined): boolean {
  if (file === undefined || basename(file) !== 'register.js') return false
  return readManifest(dirname(file))?.name === 'tracing'
}
