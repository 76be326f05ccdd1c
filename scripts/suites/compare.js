// Compares the outcome of each test of a suite with the agent to that without.
const { join } = require('node:path')
const { runFile } = require('./run.js')

/** How often a file that differs is run again, each way. */
const REPEATS = 3

/** As NODE_OPTIONS spells it. */
const preload = (file) => `-r ${JSON.stringify(file)}`
const empty = { NODE_OPTIONS: preload(join(__dirname, 'empty.js')) }

/**
 * Runs the files of a suite, some at a time. Counts its tests, and those that pass without and with the agent; answers
 * every difference. A file that differs is run again, when no other runs. An agent is the `variables` that start it, and
 * the `silent` ones, if there are any, that keep it from sending trace headers.
 */
async function compareSuite(suite, files, agent, lanes) {
  const queue = [...files]
  const counts = { tests: 0, passing: 0, passingWith: 0 }
  const doubts = []

  async function work(lane) {
    for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
      const without = await runFile(suite, file, {}, lane)
      const having = await runFile(suite, file, agent.variables, lane)
      counts.tests += without.tests
      counts.passing += without.passing
      counts.passingWith += having.passing
      const isSame = namesOf(without, having).every((name) => without.outcome.get(name) === having.outcome.get(name))
      if (!isSame) doubts.push({ file, without: [without], having: [having] })
    }
  }
  await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)))

  const differences = []
  for (const doubt of doubts) differences.push(...(await settle(suite, doubt, agent)))
  return { ...counts, differences }
}

/** What becomes of the differences of a file when it is run again. */
async function settle(suite, { file, without, having }, agent) {
  const preloaded = []
  for (let count = 0; count < REPEATS; count++) {
    without.push(await runFile(suite, file, {}, 0))
    having.push(await runFile(suite, file, agent.variables, 0))
    preloaded.push(await runFile(suite, file, empty, 0))
  }
  const silent = await runFile(suite, file, { ...agent.variables, ...agent.silent }, 0)

  const differences = namesOf(...without, ...having).flatMap((name) => {
    const seen = (...runs) => outcomesOf(name, runs)
    const outcomes = {
      without: seen(...without),
      having: seen(...having),
      repeated: seen(...having.slice(1)),
      preloaded: seen(...preloaded),
      silent: seen(silent),
    }
    const cause = causeOf(outcomes)
    const { stderr, messages } = having.at(-1)
    return cause === undefined ? [] : [{ file, name, cause, ...outcomes, said: messages.get(name) ?? stderr }]
  })
  // The code says the same as the test.
  return differences.filter(({ name }) => name !== 'exit' || differences.every((other) => other.name !== ''))
}

/** Of a file that did not end in time it is not known what its other tests would have done. */
function outcomesOf(name, runs) {
  const known = runs.filter(({ isLate, outcome }) => !isLate || outcome.has(name))
  return [...new Set(known.map(({ outcome }) => outcome.get(name) ?? 'is not run'))]
}

/** `undefined` where there is no difference. */
function causeOf({ without, having, repeated, preloaded, silent }) {
  const isAmong = (some, others) => some.every((outcome) => others.includes(outcome))
  if (isAmong(having, without)) return without.length > 1 ? 'varies' : undefined
  if (isAmong(repeated, without)) return 'once'
  if (isAmong(having, [...without, ...preloaded])) return 'preload'
  return silent.length > 0 && isAmong(silent, without) ? 'headers' : 'agent'
}

function namesOf(...runs) {
  return [...new Set(runs.flatMap(({ outcome }) => [...outcome.keys()]))]
}

module.exports = { compareSuite, preload }
