// Measures what the agent and its peers cost, side by side in one run, and writes docs/overhead.md and its chart:
// `npm run bench`, `npm run bench -- --quick` in ten minutes. `--apps` and `--agents` choose by name, and then write
// nothing. Wants two cores, taskset and wrk.
const { spawnSync } = require('node:child_process')
const { parseArgs } = require('node:util')
const { agentsFor } = require('./agents.js')
const { apps, startUpstream } = require('./apps.js')
const { measureGrowth } = require('./growth.js')
const { measureLoad } = require('./load.js')
const { printTables, writeReport } = require('./report.js')
const { LOAD_CORE } = require('./served.js')
const { startSink } = require('./sink.js')
const { measureSizes } = require('./size.js')
const { measureStartUp } = require('./start-up.js')

const plans = {
  whole: { rounds: 7, warmUp: 3, seconds: 4, steady: { perSecond: 500, seconds: 4 }, starts: 31, growthRounds: 5 },
  quick: { rounds: 2, warmUp: 1, seconds: 2, starts: 11, growthRounds: 2 },
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    apps: { type: 'string' },
    agents: { type: 'string' },
    rounds: { type: 'string' },
  },
})

main()

async function main() {
  for (const command of ['taskset', 'wrk']) {
    if (spawnSync(command, ['--version']).error)
      throw new Error(`${command} is missing: apt-get install util-linux wrk`)
  }
  // What drives and what receives leaves the server alone.
  spawnSync('taskset', ['-a', '-p', '-c', LOAD_CORE, String(process.pid)])
  const sink = await startSink({ keeps: true })
  const upstream = await startUpstream()
  try {
    await run(sink)
  } finally {
    sink.close()
    upstream.kill()
  }
}

async function run(sink) {
  const plan = {
    ...(values.quick ? plans.quick : plans.whole),
    ...(values.rounds && { rounds: Number(values.rounds) }),
  }
  const agents = chosen(agentsFor(sink), values.agents, ({ name }) => name)
  const results = { quick: values.quick, agents, load: {} }
  for (const [name, app] of chosen(Object.entries(apps), values.apps, ([name]) => name)) {
    results.load[app.title] = await measureLoad(app, agents, sink, plan)
    console.error(`${name}: done`)
  }
  if (values.apps === undefined && values.agents === undefined) {
    results.startUp = await measureStartUp(agents, plan)
    results.growth = await measureGrowth(apps['express-4'], agents, plan)
    results.sizes = measureSizes(agents)
    writeReport(results)
  }
  printTables(results)
}

function chosen(all, names, nameOf) {
  if (names === undefined) return all
  const wanted = names.split(',')
  return all.filter((item) => wanted.includes(nameOf(item)))
}
