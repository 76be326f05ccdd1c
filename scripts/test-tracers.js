// Runs the tests with tracers that others wrote, and their packages, or those given as arguments: `npm run test:tracers -- otlp`.
const { spawnSync } = require('node:child_process')
const { join } = require('node:path')
const { findJaeger } = require('./jaeger.js')

const folder = join(__dirname, '..', 'test', 'e2e', 'tracers')
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
const env = { ...process.env, JAEGER: findJaeger() }

const installs = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund']
if (!run('npm', installs)) throw new Error(`the packages of ${folder} cannot be installed`)
const files = names.length > 0 ? names.map((name) => `e2e/tracers/${name}`) : ['e2e/tracers/']
process.exitCode = run(process.execPath, [join(__dirname, 'test.js'), ...files]) ? 0 : 1

function run(command, arguments_) {
  return spawnSync(command, arguments_, { stdio: 'inherit', env }).status === 0
}
