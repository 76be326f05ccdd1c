// Runs the tests that send the agent's spans to a real Jaeger.
const { spawnSync } = require('node:child_process')
const { join } = require('node:path')
const { findJaeger } = require('./jaeger.js')

const env = { ...process.env, JAEGER: findJaeger() }
const { status } = spawnSync(process.execPath, [join(__dirname, 'test.js'), 'e2e/jaeger'], { stdio: 'inherit', env })
process.exitCode = status ?? 1
