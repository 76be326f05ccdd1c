import { type Config, readConfig } from './config.js'
import { environment } from './environment.js'
import { isCore, onFirstRequire } from './first-require.js'
import { onFirstUse } from './first-use.js'
import { reason, say } from './log.js'
import { isOwnCommand } from './own-command.js'
import { isRunning } from './published.js'
import { isLoaderThread } from './threads.js'

const HTTP = /^(node:)?http[s2]?$/

/**
 * What Node preloads, once in each thread: reads the options, and has the agent start when the app first requires a
 * package or http, or uses http that it came by in another way. A script that does neither never loads the agent.
 */
export function preload(): void {
  if (isRunning() || isLoaderThread() || isOwnCommand(process.argv)) return
  const config = readConfig(environment(), say)
  if (!config.enabled) return
  // These say how the process starts, and patch what it loads from then on.
  if (config.debug || config.patches.length > 0) load(config)
  else whenNeeded(() => load(config))
}

/** Calls `begin` once, whatever the app does first. */
function whenNeeded(begin: () => void): void {
  const callOffs: (() => void)[] = []
  const beginOnce = () => {
    for (const callOff of callOffs) callOff()
    begin()
  }
  callOffs.push(onFirstRequire(beginOnce, concernsAgent))
  callOffs.push(onFirstUse(beginOnce))
}

function concernsAgent(id: unknown): boolean {
  return !isCore(id) || HTTP.test(String(id))
}

/** Never throws: the app is at work when this is called. */
function load(config: Config): void {
  try {
    const { start }: typeof import('./agent.js') = require('./agent.js')
    start(config)
  } catch (error) {
    say(`could not start, nothing is traced: ${reason(error)}`)
  }
}
