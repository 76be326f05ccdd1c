// Plays one of the project's test scripts with an agent or without one, and reads what it prints.
const { execFile } = require('node:child_process')
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { promisify } = require('node:util')

/** Milliseconds, of which the slowest script takes a tenth. */
const LIMIT = 60_000
const LARGEST = 64_000_000

/** Plays scripts; in all runs of one player, command line and environment are the same, but for the preload's text. */
class Player {
  folder = mkdtempSync(join(tmpdir(), 'tracing-bench-'))

  constructor(environment) {
    this.environment = environment
  }

  /** What the script, given with its arguments, prints as JSON. Throws where it fails, or does not end. */
  async play(script, agent) {
    const preload = join(this.folder, 'preload.js')
    writeFileSync(preload, agent === undefined ? '' : `require(${JSON.stringify(agent.preload)})`)
    const options = { env: this.environment, timeout: LIMIT, killSignal: 'SIGKILL', maxBuffer: LARGEST }
    const { stdout } = await promisify(execFile)(process.execPath, ['-r', preload, ...script], options)
    return JSON.parse(stdout)
  }

  close() {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

module.exports = { Player }
