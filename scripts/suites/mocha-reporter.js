// Writes the outcome of each test as soon as it is known to the file that SUITES_RESULTS names: tests print what they
// like, put their own in the place of `fs`, and end the process when they please.
const { openSync, writeSync } = require('node:fs')

const file = openSync(process.env.SUITES_RESULTS, 'a')
const { stringify } = JSON

module.exports = function reporter(runner) {
  const tell = (status) => (test, error) => {
    writeSync(file, `${stringify([test.fullTitle(), status, error?.stack])}\n`)
  }
  runner.on('pass', tell('passes'))
  runner.on('fail', tell('fails'))
  runner.on('pending', tell('skipped'))
}
