// Runs the tests on every supported Node, or on those given as arguments: `npm run test:nodes -- 18 26`; or those tests
// whose path contains one of the other arguments: `npm run test:nodes -- 26 patches`. The first Node on which a test
// fails is the last, so that what failed stands at the end.
// The Nodes themselves are npm packages; they are kept in `.cache`.
const { spawnSync } = require('node:child_process')
const { existsSync, mkdirSync } = require('node:fs')
const { join } = require('node:path')

const versions = { 18: '18.20.8', 20: '20.20.2', 22: '22.23.3', 24: '24.21.0', 26: '26.10.0' }
const cache = join(__dirname, '..', '.cache', 'nodes')
const arguments_ = process.argv.slice(2)
const chosen = arguments_.filter((argument) => argument in versions)
const majors = chosen.length > 0 ? chosen : Object.keys(versions)
const parts = arguments_.filter((argument) => !(argument in versions))

for (const major of majors) {
  const node = install(versions[major])
  console.log(`\n# Node ${versions[major]}`)
  const { status } = run(process.execPath, [join(__dirname, 'test.js'), ...parts], { NODE: node })
  if (status !== 0) {
    process.exitCode = 1
    break
  }
}

function install(version) {
  const folder = join(cache, version)
  const node = join(folder, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node')
  if (existsSync(node)) return node
  mkdirSync(folder, { recursive: true })
  const { status } = run('npm', ['install', '--no-save', '--prefix', folder, `node-linux-${process.arch}@${version}`])
  if (status !== 0) throw new Error(`Node ${version} cannot be installed`)
  return node
}

function run(command, arguments_, environment = {}) {
  return spawnSync(command, arguments_, { stdio: 'inherit', env: { ...process.env, ...environment } })
}
