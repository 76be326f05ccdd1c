// Runs the test suites of others without and with the agent, all or those given as arguments:
// `npm run test:suites -- node express`. Each test has to come out the same, and each process to end by itself with the
// same code.
const { createSocket } = require('node:dgram')
const { once } = require('node:events')
const { availableParallelism } = require('node:os')
const { join } = require('node:path')
const { decodeDatagram } = require('../dist/test/helpers/decode.js')
const { compareSuite, preload } = require('./suites/compare.js')
const { fetchSuite } = require('./suites/fetch.js')
const { filesOf, readSuites } = require('./suites/list.js')

/** Suites that CI needs, Node's own among them. */
const LEAST = 5
/** Tests that may see the trace headers of a call. */
const MOST_SEEING = 6
/** Of what is said of a test that differs. */
const LINES_SHOWN = 25
const LANES = availableParallelism()

/** Why a test does not come out the same. Those of the agent fail. */
const causes = {
  varies: 'varies without the agent, too',
  once: 'was seen once, and not again',
  preload: 'is the same with an empty preload',
  headers: 'is caused by trace headers',
  agent: 'is caused by the agent',
}

/** Outcomes that belong to no test. */
const ofProcesses = ['exit', 'processes', 'the agent']

const root = join(__dirname, '..')
const wanted = process.argv.slice(2)
const injects = process.env.TRACE_CLIENT !== 'false'

main()

async function main() {
  const suites = readSuites()
  const seeing = suites.reduce((sum, suite) => sum + Object.keys(suite.headers ?? {}).length, 0)
  if (seeing > MOST_SEEING) throw new Error(`${seeing} tests see trace headers, ${MOST_SEEING} may`)

  const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name))
  if (unknown.length > 0) throw new Error(`no suite is called ${unknown.join(' or ')}`)

  const collector = await startCollector()
  const total = { suites: [], passed: 0, failed: 0 }
  for (const suite of suites) {
    if (!isWanted(suite) || !isHere(suite)) continue
    total.suites.push(suite.name)
    const { passed, failed } = await run(suite, collector)
    total.passed += passed
    total.failed += failed
  }
  collector.socket.close()
  if (process.env.CI && !(total.suites.includes('node') && total.suites.length >= LEAST)) {
    console.log(`CI needs Node's own suite and ${LEAST - 1} others; there are: ${total.suites.join(', ') || 'none'}`)
    total.failed++
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed > 0 || total.suites.length === 0 ? 1 : 0
}

function isWanted({ name }) {
  return wanted.length === 0 || wanted.includes(name)
}

function isHere(suite) {
  try {
    suite.folder = fetchSuite(suite)
    return true
  } catch (error) {
    console.log(`${suite.name} ${suite.version}: skipped: ${error.message}`)
    return false
  }
}

/** Prints what comes of a suite. Counts its tests: those that come out the same, and those that do not. */
async function run(suite, collector) {
  const start = Date.now()
  const spans = collector.spans
  const silent = { TRACE_CLIENT: 'false' }
  const variables = {
    NODE_OPTIONS: preload(join(root, 'register.js')),
    JAEGER_AGENT_HOST: '127.0.0.1',
    JAEGER_AGENT_PORT: String(collector.socket.address().port),
    ...(injects ? {} : silent),
  }
  const files = filesOf(suite)
  const compared = await compareSuite(suite, files, { variables, silent }, suite.isAlone ? 1 : LANES)
  const { tests, passing, passingWith, differences } = compared
  const failures = differences.filter((difference) => !isExcused(suite, difference))
  const stale = staleNames(suite, differences)
  console.log(
    `${suite.name} ${suite.version}: ${tests} tests in ${files.length} files, ${passing} pass without the agent, ` +
      `${passingWith} with it; ${failures.length} differ; ${collector.spans - spans} spans; ` +
      `${Math.round((Date.now() - start) / 1000)} s`,
  )
  for (const difference of differences) print(difference, isExcused(suite, difference))
  for (const name of stale) console.log(`  ${name}: comes out the same, and is listed as one that sees trace headers`)
  const processes = failures.filter(({ name }) => ofProcesses.includes(name)).length
  return { passed: tests - (failures.length - processes), failed: failures.length + stale.length }
}

/** Whether a difference is none of the agent's making, or what it means to send trace headers. */
function isExcused({ headers = {} }, { cause, file, name }) {
  if (cause === 'agent') return false
  if (cause !== 'headers') return true
  const isCodeOfListed = name === 'exit' && Object.keys(headers).some((listed) => listed.startsWith(`${file}: `))
  return injects && (isCodeOfListed || nameOf({ file, name }) in headers)
}

/** Listed tests that see no trace headers. */
function staleNames({ headers = {} }, differences) {
  const seeing = differences.filter(({ cause }) => cause === 'headers').map(nameOf)
  return injects ? Object.keys(headers).filter((name) => !seeing.includes(name)) : []
}

function nameOf({ file, name }) {
  return name === '' ? file : `${file}: ${name}`
}

function print({ file, name, cause, without, having, said }, excused) {
  const outcomes = `${without.join(' or ')}, with the agent ${having.join(' or ')}`
  console.log(`  ${excused ? '' : 'DIFFERS '}${nameOf({ file, name })}: ${outcomes}: ${causes[cause]}`)
  if (!excused) console.log(said.trim().split('\n').slice(0, LINES_SHOWN).join('\n').replace(/^/gm, '  | '))
}

async function startCollector() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const collector = { socket, spans: 0 }
  socket.on('message', (datagram) => {
    collector.spans += decodeDatagram(datagram).length
  })
  return collector
}
