// Prints a table of what apps, their calls and the test suites of others notice of our agent and of its peers, on this
// Node: `npm run bench:transparency`. Arguments choose agents and suites by name: `-- tracing elastic node express`.
// What differs is written to `.cache/transparency`.
const { mkdirSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { certificate } = require('../dist/test/helpers/folder.js')
const { installPeers } = require('./peers')
const { startSink } = require('./sink.js')
const { Player } = require('./transparency/play.js')
const { compareShapes } = require('./transparency/shapes.js')
const { countSuite, findSuites } = require('./transparency/suites.js')
const { countSurface } = require('./transparency/surface.js')

const root = join(__dirname, '..')
const findings = join(root, '.cache', 'transparency')
const wanted = process.argv.slice(2)

main()

async function main() {
  mkdirSync(findings, { recursive: true })
  const sink = await startSink()
  const all = [ours(sink), ...installPeers(sink.url)]
  const named = all.filter(({ name }) => wanted.includes(name))
  const agents = named.length > 0 ? named : all
  const suites = findSuites(wanted.filter((name) => !named.some((agent) => agent.name === name)))

  const columns = []
  for (const agent of agents) columns.push(new Map([...(await look(agent, all)), ...(await runSuites(agent, suites))]))
  sink.close()

  const [first] = columns
  console.log(`\nNode ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}\n`)
  console.log(row(['', ...agents.map(({ title, version }) => `${title} ${version}`)]))
  console.log(row(['---', ...agents.map(() => '---')]))
  for (const name of first.keys()) console.log(row([name, ...columns.map((column) => column.get(name))]))
}

function ours({ udpPort }) {
  return {
    name: 'tracing',
    title: 'tracing',
    version: require('../package.json').version,
    preload: join(root, 'register.js'),
    environment: { JAEGER_AGENT_HOST: '127.0.0.1', JAEGER_AGENT_PORT: String(udpPort) },
    silent: { TRACE_CLIENT: 'false' },
  }
}

/** What apps see of an agent, and what becomes of their calls. */
async function look(agent, all) {
  const cleanups = []
  const { PATH, HOME } = process.env
  const environment = Object.assign({ PATH, HOME }, ...all.map((each) => each.environment))
  const player = new Player({ ...environment, ...certificate({ after: (cleanup) => cleanups.push(cleanup) }) })
  cleanups.push(() => player.close())

  const surface = await countSurface(player, agent)
  const shapes = await compareShapes(player, agent)
  keep(agent, 'surface', surface.changes)
  keep(agent, 'shapes', shapes)
  for (const cleanup of cleanups) cleanup()
  return [
    [`kinds of differences an app can find, of ${surface.facts} facts`, surface.kinds],
    ['such differences, at all places', surface.differences],
    [`calls of ${shapes.shapes} shapes that send, throw or bring about something else`, shapes.doing.length],
    ['others that look different to the app', shapes.looking.length],
  ]
}

async function runSuites(agent, suites) {
  const rows = []
  for (const suite of suites) {
    const start = Date.now()
    const { tests, differing, byHeaders, ends, differences } = await countSuite(suite, agent)
    keep(agent, suite.name, differences)
    const cell = [
      String(differing),
      ...(byHeaders > 0 ? [`${byHeaders} by trace headers`] : []),
      ...(ends > 0 ? [`${ends} files end otherwise`] : []),
    ].join(', ')
    rows.push([`${suite.name} ${suite.version}, ${tests} tests`, cell])
    console.error(`${agent.title}: ${suite.name}: ${cell}; ${Math.round((Date.now() - start) / 1000)} s`)
  }
  return rows
}

function keep({ name }, what, found) {
  writeFileSync(join(findings, `${name}-${what}.json`), JSON.stringify(found, null, 2))
}

function row(cells) {
  return `| ${cells.join(' | ')} |`
}
