// The figures of a run as tables, as a chart, and in docs/overhead.md.
const { readFileSync, writeFileSync } = require('node:fs')
const os = require('node:os')
const { join } = require('node:path')
const { chart } = require('./chart.js')
const { spread } = require('./statistics.js')

const docs = join(__dirname, '..', 'docs')
const BARE = 'none'
const BEGIN = '<!-- figures: npm run bench -->'
const END = '<!-- end of figures -->'
const IMAGE = "![CPU a request with each agent, as a multiple of the bare app's](overhead.svg)"
const MIB = 1_024 * 1_024

/** Puts tables and chart into the docs. */
function writeReport(results) {
  const page = join(docs, 'overhead.md')
  const text = readFileSync(page, 'utf8')
  const [before] = text.split(BEGIN)
  const [, after] = text.split(END)
  writeFileSync(page, [before, BEGIN, '\n\n', IMAGE, '\n\n', tables(results), '\n', END, after].join(''))
  writeFileSync(join(docs, 'overhead.svg'), chart(addedByApp(results)))
}

function printTables(results) {
  console.log(tables(results))
}

function tables(results) {
  const parts = [machine(results)]
  for (const [title, rounds] of Object.entries(results.load)) parts.push(`### ${title}`, loadTable(results, rounds))
  if (results.startUp !== undefined) parts.push('### Start-up', startUpTable(results))
  if (results.growth !== undefined) parts.push('### As an app grows', growthTable(results))
  if (results.sizes !== undefined) parts.push('### Installed', sizeTable(results))
  return `${parts.join('\n\n')}\n`
}

function machine({ agents, quick, load }) {
  const [{ model }] = os.cpus()
  const versions = agents
    .filter(({ version }) => version !== undefined)
    .map(({ name, version }) => `${name} ${version}`)
  const day = new Date().toISOString().slice(0, 10)
  const whole = quick ? 'a quick run' : 'a whole run'
  const [rounds] = Object.values(load)
  return `Of ${whole} of ${rounds.length} rounds on ${day}: Node ${process.versions.node}, Linux, ${model}, ${os.cpus().length} cores; ${versions.join(', ')}.`
}

/** Ratios are taken within each round. What did not arrive is said. */
function loadTable({ agents }, rounds) {
  const hasLatency = rounds[0][BARE]?.median !== undefined
  const head = ['', 'CPU × bare', 'added µs a request', 'throughput × bare', 'RSS over bare, MiB', 'arrived']
  if (hasLatency) head.push('median at 500/s, µs', '99th percentile, µs')
  const rows = agents.map(({ name }) => {
    const of = (figure) => spread(rounds.map((round) => figure(round[name], round[BARE])))
    const cells = [
      name,
      ranged(
        of((mine, bare) => mine.cpu / bare.cpu),
        2,
      ),
      ranged(
        of((mine, bare) => mine.cpu - bare.cpu),
        1,
      ),
      ranged(
        of((mine, bare) => mine.perSecond / bare.perSecond),
        2,
      ),
      plain(
        of((mine, bare) => (mine.rss - bare.rss) / MIB),
        0,
      ),
      percent(of((mine) => mine.arrived)),
    ]
    if (hasLatency)
      cells.push(
        plain(
          of((mine) => mine.median),
          0,
        ),
        plain(
          of((mine) => mine.high),
          0,
        ),
      )
    return cells
  })
  const failed = agents.filter(({ name }) => rounds.some((round) => round[name].failed)).map(({ name }) => name)
  const note = failed.length > 0 ? `\n\nRequests failed with: ${failed.join(', ')}.` : ''
  return `Bare: ${plain(spread(rounds.map((round) => round[BARE].cpu)), 1)} µs of CPU a request.\n\n${table(head, rows)}${note}`
}

function startUpTable({ agents, startUp }) {
  const titles = Object.keys(startUp)
  const rows = agents.map(({ name }) => [
    name,
    ...titles.flatMap((title) => {
      const of = (figure) => spread(startUp[title].map((round) => figure(round[name], round[BARE])))
      return [
        plain(
          of((mine) => mine),
          0,
        ),
        ranged(
          of((mine, bare) => (mine === undefined ? undefined : mine / bare)),
          2,
        ),
      ]
    }),
  ])
  return table(['', ...titles.flatMap((title) => [`${title}, ms`, '× bare'])], rows)
}

function growthTable({ growth }) {
  const rows = growth.map(({ size, rounds }) => [
    size.MIDDLEWARES,
    size.ROUTES,
    plain(spread(rounds.map(({ without }) => without)), 1),
    ranged(spread(rounds.map((round) => round.with - round.without)), 1),
  ])
  return table(['middlewares', 'routes', 'bare, µs', 'added, µs'], rows)
}

function sizeTable({ sizes }) {
  const rows = Object.entries(sizes).map(([name, { packages, bytes }]) => [name, packages, (bytes / 1e6).toFixed(1)])
  return table(['', 'packages', 'MB'], rows)
}

/** The medians of what agents add to each app, for the chart. */
function addedByApp({ agents, load }) {
  return Object.entries(load).map(([title, rounds]) => ({
    title: title.replaceAll('`', ''),
    bars: agents
      .filter(({ name }) => name !== BARE)
      .map(({ name }) => ({ name, value: spread(rounds.map((round) => round[name].cpu / round[BARE].cpu)).median })),
  }))
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function ranged(figures, digits) {
  if (figures === undefined) return 'does not end'
  const { median, low, high } = figures
  return `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`
}

function plain(figures, digits) {
  return figures === undefined ? '' : figures.median.toFixed(digits)
}

function percent(figures) {
  return figures === undefined ? '' : `${(figures.median * 100).toFixed(1)} %`
}

module.exports = { printTables, writeReport }
