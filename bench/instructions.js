// Counts the machine instructions that a request takes without and with an agent: `npm run bench:instructions`. Unlike
// times they hardly depend on what else the machine does: from run to run they differ by a few hundredths, by what V8
// makes of the code. Arguments choose apps and agents by name. Wants valgrind, and a minute for each agent in an app.
const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { agentsFor } = require('./agents.js')
const { apps } = require('./apps.js')
const { environmentOf, fileOf } = require('./served.js')
const { startSink } = require('./sink.js')

/** Two processes differ in nothing but how many requests they answer. By the first ones, code is compiled. */
const FEW = 15_000
const MANY = 22_000
const AGENTS = ['none', 'AsyncLocalStorage alone', 'tracing over UDP', 'tracing unsampled']

main()

async function main() {
  const wanted = process.argv.slice(2)
  const sink = await startSink()
  const agents = chosen(
    agentsFor(sink).map((agent) => [agent.name, agent]),
    wanted,
    AGENTS,
  )
  console.log(['', ...agents.map(([name]) => name)].join(' | '))
  for (const [name, app] of chosen(Object.entries(apps), wanted, Object.keys(apps))) {
    const cells = []
    for (const [, agent] of agents) cells.push(await instructions(app, agent))
    console.log([name, ...cells.map((count) => count.toFixed(0))].join(' | '))
  }
  sink.close()
}

function chosen(named, wanted, byDefault) {
  const found = named.filter(([name]) => wanted.includes(name))
  return found.length > 0 ? found : named.filter(([name]) => byDefault.includes(name))
}

async function instructions(app, agent) {
  const [few, many] = await Promise.all([FEW, MANY].map((requests) => count(app, agent, requests)))
  return (many - few) / (MANY - FEW)
}

/** Of a whole process. One thread does all that V8 would do beside, at moments that do not depend on time. */
async function count({ script, path }, agent, requests) {
  const tool = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null', '--smc-check=all-non-file']
  const v8 = ['--single-threaded', '--predictable']
  const child = spawn('valgrind', [...tool, process.execPath, ...v8, ...agent.node, fileOf(script)], {
    env: environmentOf(agent, { REQUESTS: String(requests), ASKED: path }),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  await once(child, 'close')
  const [, counted] = /I +refs: +([\d,]+)/.exec(text) ?? []
  if (counted === undefined) throw new Error(`${script} with ${agent.name}: ${text}`)
  return Number(counted.replaceAll(',', ''))
}
