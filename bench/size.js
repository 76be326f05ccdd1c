// What each agent puts beside an app when it is installed.
const { spawnSync } = require('node:child_process')
const { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')

const root = join(__dirname, '..')
const peers = join(__dirname, 'peers')

/** Packages and bytes by the name of the agent. */
function measureSizes(agents) {
  const folder = mkdtempSync(join(tmpdir(), 'tracing-size-'))
  try {
    const tarball = npm(['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root).trim()
    const { dependencies } = JSON.parse(readFileSync(join(peers, 'package.json'), 'utf8'))
    const all = { 'tracing over UDP': [join(folder, tarball)] }
    for (const { name, packages } of agents.filter(({ isPeer }) => isPeer))
      all[name] = packages.map((title) => `${title}@${dependencies[title]}`)
    return Object.fromEntries(Object.entries(all).map(([name, packages]) => [name, installed(folder, name, packages)]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function installed(folder, name, packages) {
  const prefix = join(folder, name.replaceAll(/\W+/g, '-'))
  npm(['install', '--prefix', prefix, '--no-audit', '--no-fund', '--ignore-scripts', ...packages], folder)
  const modules = join(prefix, 'node_modules')
  const { packages: locked } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'))
  return { packages: Object.keys(locked).length, bytes: bytesIn(modules) }
}

function npm(args, cwd) {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

function bytesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0)
}

module.exports = { measureSizes }
