import { join, sep } from 'node:path'
import { debug } from './log.js'

const MOST_NAMES = 10

/** Says, for `TRACE_DEBUG`, what was loaded before the agent, which should come first. */
export function sayWhatWasEarly(): void {
  const { cache } = require
  const own = new Set([__filename, join(__dirname, 'preload.js'), join(__dirname, '..', 'register.js')])
  for (const child of cache[__filename]?.children ?? []) own.add(child.filename)
  const files = Object.values(cache).flatMap((file) => (file?.loaded && !own.has(file.filename) ? file.filename : []))
  const names = [...new Set(files.map(nameOf))]
  if (names.length === 0) return
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  debug(`loaded before the agent: ${names.slice(0, MOST_NAMES).join(', ')}${rest}`)
}

/** A package by its name, any other file by its path. */
function nameOf(file: string): string {
  const folder = `${sep}node_modules${sep}`
  const start = file.lastIndexOf(folder)
  if (start === -1) return file
  const [first = '', second = ''] = file.slice(start + folder.length).split(sep)
  return first.startsWith('@') ? `${first}/${second}` : first
}
