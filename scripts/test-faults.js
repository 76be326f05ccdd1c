// Runs the tests of faults with all of their length: 30 s each, 5 s of a blocked event loop, a million spans.
// NODE names another Node to run them on.
const { spawnSync } = require('node:child_process')
const { join } = require('node:path')

const env = { ...process.env, FAULTS: 'long' }
const { status } = spawnSync(process.execPath, [join(__dirname, 'test.js'), 'faults/faults'], { stdio: 'inherit', env })
process.exitCode = status ?? 1
