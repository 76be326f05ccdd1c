// A Chromium, and the package that drives it, for what needs a real browser. CHROMIUM names one that is there already.
const { spawnSync } = require('node:child_process')
const { existsSync } = require('node:fs')
const { join } = require('node:path')

const folder = join(__dirname, '..', 'test', 'e2e', 'viewer')
const programs = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Its path. Where there is none, says so and ends the process; in CI that is a failure. */
function findChromium() {
  const program = process.env.CHROMIUM ?? programs.find(existsSync)
  if (program !== undefined && existsSync(program)) {
    install()
    return program
  }
  if (process.env.CI) throw new Error(`no Chromium at ${program ?? programs.join(', ')}`)

  const { npm_lifecycle_event: script = 'test:viewer' } = process.env
  console.log(`skipped: no Chromium here. \`CHROMIUM=/path/to/chromium npm run ${script}\` uses one that you have.`)
  process.exit()
}

function install() {
  const { status } = spawnSync(
    'npm',
    ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  if (status !== 0) throw new Error('playwright-core cannot be installed')
}

module.exports = { findChromium }
