// Runs the tests with services that others have instrumented, or with those given as arguments:
// `npm run test:peers -- flask`. Installs what these services need, Python's packages in `.cache`.
const { spawnSync } = require('node:child_process')
const { join } = require('node:path')
const { findJaeger } = require('./jaeger.js')

const peers = { flask: installPython, otel: installPackages, zipkin: installPackages }
const root = join(__dirname, '..')
const names = process.argv.slice(2).filter((argument) => argument in peers)
const env = { ...process.env, JAEGER: findJaeger() }

for (const name of names.length > 0 ? names : Object.keys(peers)) {
  console.log(`\n# ${name}`)
  const isInstalled = peers[name](join(root, 'test', 'e2e', name), name)
  if (isInstalled && !run(process.execPath, [join(__dirname, 'test.js'), `e2e/${name}`])) process.exitCode = 1
}

/** `false` where there is no Python, which in CI is a failure. */
function installPython(folder, name) {
  if (spawnSync('python3', ['-c', 'import ensurepip, venv']).status !== 0) {
    if (process.env.CI) throw new Error(`${name} needs Python 3 with venv`)
    console.log(`skipped: no Python 3 with venv here, which ${name} needs`)
    return false
  }
  const environment = join(root, '.cache', name)
  must('python3', ['-m', 'venv', environment])
  must(join(environment, 'bin', 'pip'), ['install', '--quiet', '--requirement', join(folder, 'requirements.txt')])
  return true
}

function installPackages(folder) {
  must('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'])
  return true
}

function must(command, arguments_) {
  if (!run(command, arguments_)) throw new Error(`failed: ${command} ${arguments_.join(' ')}`)
}

function run(command, arguments_) {
  return spawnSync(command, arguments_, { stdio: 'inherit', env }).status === 0
}
