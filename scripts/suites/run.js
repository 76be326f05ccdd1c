// Runs one test file of a suite in a process of its own.
const { spawn } = require('node:child_process')
const { rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { runners } = require('./runners.js')

/** Milliseconds, of which the slowest file takes a quarter; for suites that name no `limit`. */
const LIMIT = 120_000
/** Milliseconds for processes that the file has started to follow it. */
const GRACE = 5000
/** Characters of stdout and stderr that are kept. */
const MOST = 8_000_000

/** What decides how an agent, or a test runner, behaves stays out of the tests. */
const foreign = /^(TRACE_|JAEGER_|OTEL_|DD_|ELASTIC_|NODE_|npm_|CI$|FORCE_COLOR$|NO_COLOR$|COLUMNS$|MOCHA_)/
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))

/**
 * The outcome of each test of the file, by name, and of the process as a whole. `lane` numbers what runs at the same
 * time, as Node's own tests expect it.
 */
async function runFile(suite, file, variables, lane) {
  const { arguments: argumentsOf, read } = runners[suite.runner]
  const { limit = LIMIT } = suite
  const results = join(tmpdir(), `suites-${process.pid}-${lane}`)
  const env = {
    ...environment,
    NODE_ENV: 'test',
    TEST_PARALLEL: '1',
    TEST_THREAD_ID: String(lane),
    TEST_SERIAL_ID: String(lane),
    SUITES_RESULTS: results,
    ...variables,
  }
  rmSync(results, { force: true })
  const child = spawn(process.execPath, argumentsOf(file, suite), {
    cwd: suite.folder,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = await watch(child, limit)
  const tests = read({ ...ended, results })
  rmSync(results, { force: true })

  const outcome = new Map()
  const messages = new Map()
  for (const [title, status, message] of tests) {
    const name = unused(title, outcome)
    outcome.set(name, status)
    if (message) messages.set(name, message)
  }
  outcome.set('exit', ended.isLate ? `none in ${limit / 1000} s` : `code ${ended.code ?? ended.signal}`)
  if (ended.isLeaving) outcome.set('processes', 'left behind')
  const words = ended.stderr.match(/^tracing: .*$/gm)
  if (words !== null) outcome.set('the agent', `says ${[...new Set(words)].join('; ')}`)
  const passing = tests.filter(([, status]) => status === 'passes').length
  return { outcome, messages, isLate: ended.isLate, stderr: ended.stderr, tests: tests.length, passing }
}

/** Ends the process, with all that it has started, where it does not end by itself. */
function watch(child, limit) {
  return new Promise((resolve) => {
    const text = { stdout: '', stderr: '' }
    for (const name of Object.keys(text)) {
      child[name].setEncoding('utf8').on('data', (chunk) => {
        if (text[name].length < MOST) text[name] += chunk
      })
    }
    let isLate = false
    let isLeaving = false
    const timer = setTimeout(() => {
      isLate = kill(child)
    }, limit)
    let grace
    child.on('exit', () => {
      grace = setTimeout(() => {
        isLeaving = kill(child)
      }, GRACE)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      clearTimeout(grace)
      // Those that hold none of its pipes.
      if (kill(child)) isLeaving = !isLate
      resolve({ code, signal, isLate, isLeaving, ...text })
    })
  })
}

/** Whether there was a process to end. */
function kill(child) {
  try {
    return process.kill(-child.pid, 'SIGKILL')
  } catch {
    return false
  }
}

/** Ports, and process ids that a line ends with, change from run to run. Tests of one name are told apart by their order. */
function unused(title, outcome) {
  const name = title.replace(/\d{4,}|\d+(?=\\n)/g, 'N')
  let unique = name
  for (let count = 2; outcome.has(unique); count++) unique = `${name} (${count})`
  return unique
}

module.exports = { runFile }
