import { realpathSync } from 'node:fs'
import { basename, join } from 'node:path'

/** What `npx tracing` is called, as it is installed and as it is linked to. */
const NAMES = new Set(['cli.js', 'tracing'])

/** Whether this process is `npx tracing`, which NODE_OPTIONS may preload the agent into: its requests are no app's. */
export function isOwnCommand([, script = '']: readonly string[]): boolean {
  if (!NAMES.has(basename(script))) return false
  try {
    return realpathSync(script) === join(__dirname, 'cli.js')
  } catch {
    return false
  }
}
