// Runs the tests of leaks with 20,000 requests each, or those named as arguments: `npm run test:leaks -- SSE 'Express 4'`.
// NODE names another Node to run them on.
const { spawnSync } = require('node:child_process')
const { join } = require('node:path')

const scenarios = process.argv.slice(2)
const env = { ...process.env, LEAK_REQUESTS: process.env.LEAK_REQUESTS ?? '20000' }
if (scenarios.length > 0) env.LEAK_SCENARIOS = scenarios.join(',')
const { status } = spawnSync(process.execPath, [join(__dirname, 'test.js'), 'leaks/leaks'], { stdio: 'inherit', env })
process.exitCode = status ?? 1
