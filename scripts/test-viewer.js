// Runs the tests of the viewer's page in a real browser, or those whose path contains an argument:
// `npm run test:viewer -- keyboard`.
const { spawnSync } = require('node:child_process')
const { join } = require('node:path')
const { findChromium } = require('./chromium.js')

const [wanted = ''] = process.argv.slice(2)
const env = { ...process.env, CHROMIUM: findChromium() }
const { status } = spawnSync(process.execPath, [join(__dirname, 'test.js'), `e2e/viewer/${wanted}`], {
  stdio: 'inherit',
  env,
})
process.exitCode = status ?? 1
