// How a test file of each kind of suite is run, and how the outcome of its tests is read.
const { existsSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

const NESTED = 4

const runners = {
  mocha: {
    arguments: (file, { folder, options = [] }) => [
      join(folder, 'node_modules', 'mocha', 'bin', '_mocha'),
      ...options,
      '--reporter',
      join(__dirname, 'mocha-reporter.js'),
      file,
    ],
    read: ({ results }) => readMocha(results),
  },
  'node:test': { arguments: (file) => ['--test-reporter=tap', file], read: ({ stdout }) => readTap(stdout) },
  /** Files that print TAP by themselves. */
  tap: { arguments: (file) => [file], read: ({ stdout }) => readTap(stdout) },
  /** Each file is one test, without a name, which passes when it ends with 0: those of Node itself. */
  'exit code': { arguments: (file, { folder }) => [...flagsOf(join(folder, file)), file], read: readExit },
}

function readMocha(results) {
  const lines = existsSync(results) ? readFileSync(results, 'utf8').split('\n').slice(0, -1) : []
  return lines.map((line) => JSON.parse(line))
}

/** Names of nested tests begin with that of their parent, which is announced in front of them. */
function readTap(stdout) {
  const path = []
  const tests = []
  for (const line of stdout.split('\n')) {
    const [, indentation, announced] = /^( *)# Subtest: (.*)/.exec(line) ?? []
    if (announced !== undefined) path[indentation.length / NESTED] = announced
    const [, space, not, name, directive] = /^( *)(not )?ok \d+(?: -)? ?(.*?)(?: # (SKIP|TODO).*)?$/i.exec(line) ?? []
    if (name === undefined) continue
    const status = directive === undefined ? (not === undefined ? 'passes' : 'fails') : 'skipped'
    tests.push([[...path.slice(0, space.length / NESTED), name].join(' > '), status])
  }
  return tests
}

function readExit({ code, stdout }) {
  return [['', code !== 0 ? 'fails' : /^1\.\.0 # Skipped/m.test(stdout) ? 'skipped' : 'passes']]
}

function flagsOf(file) {
  const lines = [...readFileSync(file, 'utf8').matchAll(/^\/\/ Flags:(.*)$/gm)]
  return lines.flatMap(([, flags]) => flags.trim().split(/\s+/))
}

module.exports = { runners }
