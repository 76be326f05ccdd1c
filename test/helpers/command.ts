import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Ended, root } from './app.js'

/** Longer than any command may take. */
const DEADLINE = 20_000

/** Runs `npx tracing …` of this checkout to its end, with no variables of the agent but those given. */
export async function runCommand(
  words: readonly string[],
  { cwd = root, env = {}, node = [] }: { cwd?: string; env?: Record<string, string>; node?: readonly string[] } = {},
): Promise<Ended> {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, [...node, join(root, 'dist', 'cli.js'), ...words], {
    cwd,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: DEADLINE,
    killSignal: 'SIGKILL',
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  await once(child, 'close')
  return { code: child.exitCode, signal: child.signalCode, stdout, stderr }
}
