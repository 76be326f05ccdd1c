// The suites that `test/suites` describes, and the files of their tests.
const { readdirSync, readFileSync } = require('node:fs')
const { basename, join, relative, sep } = require('node:path')

const descriptions = join(__dirname, '..', '..', 'test', 'suites')

function readSuites() {
  return readdirSync(descriptions).map((file) => {
    return { name: basename(file, '.json'), ...JSON.parse(readFileSync(join(descriptions, file), 'utf8')) }
  })
}

/** Of a suite that is in its `folder`. */
function filesOf({ folder, files }) {
  const patterns = files.map((file) => new RegExp(file))
  return filesIn(folder)
    .map((file) => relative(folder, file).replaceAll(sep, '/'))
    .filter((file) => patterns.some((pattern) => pattern.test(file)))
    .sort()
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return []
    return entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]
  })
}

module.exports = { filesOf, readSuites }
