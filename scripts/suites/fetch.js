// Fetches suites into `.cache/suites`, each once: from npm, or the upstream tarball of one of Debian's source packages.
const { spawnSync } = require('node:child_process')
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
const RELEASES = ['bookworm', 'trixie']

const cache = join(__dirname, '..', '..', '.cache', 'suites')
const tarballs = join(cache, 'tarballs')
const lists = join(cache, 'apt')

/** The folder of a suite, with all that its tests need. Throws where the suite cannot be had here. */
function fetchSuite(suite) {
  const [source] = (suite.npm ?? suite.debian).split('/')
  const folder = join(cache, `${source}-${suite.version}`)
  if (existsSync(folder)) return folder
  mkdirSync(tarballs, { recursive: true })
  const tarball = suite.debian === undefined ? fromNpm(suite) : fromDebian(suite)

  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const only = suite.only === undefined ? [] : ['--wildcards', suite.only]
  run('tar', ['--extract', '--file', tarball, '--strip-components=1', '--directory', unfinished, ...only])
  if (suite.packages !== undefined) install(unfinished, suite.packages)
  renameSync(unfinished, folder)
  return folder
}

function fromNpm({ npm, version }) {
  const tarball = join(tarballs, `${npm}-${version}.tgz`)
  if (!existsSync(tarball)) run('npm', ['pack', '--silent', '--pack-destination', tarballs, `${npm}@${version}`])
  return tarball
}

/** Debian signs what it carries, so that the name of the tarball is enough. Its revisions share the tarball. */
function fromDebian({ debian, tarball }) {
  const file = join(tarballs, tarball)
  if (existsSync(file)) return file
  const env = { ...process.env, APT_CONFIG: configureApt() }
  const source = ['source', '--download-only', '--tar-only', '--quiet', debian]
  // It fails where any part of the source package is missing, though the upstream tarball may be there.
  const { stderr, error } = spawnSync('apt-get', source, { cwd: tarballs, env, encoding: 'utf8' })
  if (existsSync(file)) return file
  throw new Error(error?.message ?? `${debian} has no ${tarball}: ${String(stderr).trim().split('\n')[0]}`)
}

/** Sources of both releases, from where this machine gets its packages, in lists of our own. */
function configureApt() {
  const configuration = join(lists, 'apt.conf')
  if (existsSync(configuration)) return configuration
  const repositories = run('apt-get', ['indextargets', '--format', '$(REPO_URI)']).split('\n')
  const mirror = repositories.find((repository) => repository.endsWith('/debian/'))
  if (mirror === undefined) throw new Error('no packages of Debian here')

  for (const folder of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(lists, folder), { recursive: true })
  const sources = RELEASES.map((release) => `deb-src [signed-by=${KEYRING}] ${mirror} ${release} main\n`)
  writeFileSync(join(lists, 'sources.list'), sources.join(''))
  const settings = {
    'Dir::Etc::sourcelist': join(lists, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::lists': join(lists, 'lists'),
    'Dir::Cache': join(lists, 'cache'),
    'APT::Sandbox::User': 'root',
  }
  const lines = Object.entries(settings).map(([key, value]) => `${key} "${value}";\n`)
  writeFileSync(`${configuration}.unfinished`, lines.join(''))
  run('apt-get', ['update', '--quiet'], { env: { ...process.env, APT_CONFIG: `${configuration}.unfinished` } })
  renameSync(`${configuration}.unfinished`, configuration)
  return configuration
}

/** What the tests of a suite need, and none of its linters. */
function install(folder, packages) {
  const file = join(folder, 'package.json')
  const { scripts, devDependencies, overrides, ...manifest } = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...manifest, devDependencies: packages }, null, 2))
  run('npm', ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'], { cwd: folder })
}

/** What the command prints on stdout. Throws with its last words where it fails. */
function run(command, arguments_, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, arguments_, { encoding: 'utf8', ...options })
  if (status === 0) return stdout
  if (error?.code === 'ENOENT') throw new Error(`there is no ${command} here`)
  throw new Error(error?.message ?? `${command} ${arguments_[0]}: ${stderr.trim().split('\n').at(-1)}`)
}

module.exports = { fetchSuite }
