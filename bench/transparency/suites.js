// The test suites of others, as `npm run test:suites` runs them.
const { availableParallelism } = require('node:os')
const { compareSuite, preload } = require('../../scripts/suites/compare.js')
const { fetchSuite } = require('../../scripts/suites/fetch.js')
const { filesOf, readSuites } = require('../../scripts/suites/list.js')

/** Milliseconds for a file. With some agents, files never end. */
const LIMIT = 40_000
/** Outcomes that belong to no test. */
const ofProcesses = ['exit', 'processes', 'the agent']

/** The suites of these names, or all but Node's tests of HTTP/2; each in its folder. */
function findSuites(names) {
  const suites = readSuites()
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name))
  if (unknown.length > 0) throw new Error(`no agent and no suite is called ${unknown.join(' or ')}`)
  return suites
    .filter(({ name }) => (names.length > 0 ? names.includes(name) : name !== 'node-http2'))
    .map((suite) => ({ ...suite, folder: fetchSuite(suite), limit: LIMIT }))
}

/** Counts, of a suite, the tests that come out otherwise with the agent than without, and the files that end otherwise. */
async function countSuite(suite, { preload: file, environment, silent }) {
  const variables = { ...environment, NODE_OPTIONS: preload(file) }
  const lanes = suite.isAlone ? 1 : availableParallelism()
  const { tests, passing, differences } = await compareSuite(suite, filesOf(suite), { variables, silent }, lanes)
  const ofAgent = differences.filter(({ cause }) => cause === 'agent' || cause === 'headers')
  const [processes, outcomes] = [true, false].map((isOne) =>
    ofAgent.filter(({ name }) => ofProcesses.includes(name) === isOne),
  )
  return {
    tests,
    passing,
    differing: outcomes.length,
    /** Of those that differ, the ones that do not where no trace headers are sent. */
    byHeaders: outcomes.filter(({ cause }) => cause === 'headers').length,
    ends: new Set(processes.map((difference) => difference.file)).size,
    differences: ofAgent,
  }
}

module.exports = { countSuite, findSuites }
