// Runs the tests that send spans to a real Jaeger: the agent's, and those that the viewer is to show as Jaeger does.
const { spawnSync } = require('node:child_process')
const { join } = require('node:path')
const { findJaeger } = require('./jaeger.js')

const env = { ...process.env, JAEGER: findJaeger() }
const tests = [join(__dirname, 'test.js'), 'e2e/jaeger', 'e2e/viewer.test']
const { status } = spawnSync(process.execPath, tests, { stdio: 'inherit', env })
process.exitCode = status ?? 1
