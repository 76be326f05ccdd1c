// An hour of mixed traffic, while the collector comes and goes: `npm run soak -- --minutes 60 --rate 40`.
// Prints the trend of heap and memory of an app with the agent over UDP, over HTTP, and of one without the agent.
const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { join } = require('node:path')
const timers = require('node:timers/promises')
const { parseArgs } = require('node:util')

const root = join(__dirname, '..')
const leaks = join(root, 'dist', 'test', 'leaks')
const { FlappingAgent, FlappingHttp } = require(join(leaks, 'flapping.js'))
const { Client, exchanges } = require(join(leaks, 'traffic.js'))
const { slopeOf } = require(join(leaks, 'slope.js'))

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    /** Exchanges a second with each app: about 1.6 times as many requests. */
    rate: { type: 'string', default: '40' },
    /** Seconds from one look at the memory to the next. */
    every: { type: 'string', default: '15' },
  },
})
const minutes = Number(values.minutes)
const CLIENTS = 8
const MOST_LEFT = 3
/** How long a collector stays as it is, in milliseconds. */
const SHORTEST_STATE = 5_000
const LONGEST_STATE = 40_000
/** The share of the time in which a process still grows into its work. */
const WARM_UP = 1 / 6

const chosen = Object.entries(exchanges).filter(([name]) => name !== 'kept resource')

main()

async function main() {
  const until = Date.now() + minutes * 60_000
  const runs = await Promise.all([
    start('UDP', new FlappingAgent(), (port) => ({ JAEGER_AGENT_HOST: '127.0.0.1', JAEGER_AGENT_PORT: String(port) })),
    start('HTTP', new FlappingHttp(), (port) => ({ JAEGER_ENDPOINT: `http://127.0.0.1:${port}/api/traces` })),
    start('none', undefined, () => ({})),
  ])
  console.log(
    `Node ${process.versions.node}, ${minutes} minutes, ${values.rate} exchanges a second with each of 3 apps`,
  )
  await Promise.all(runs.map((run) => soak(run, until)))
  for (const run of runs) conclude(run)
}

/** An app, and where its spans go. */
async function start(name, collector, address) {
  await collector?.start()
  const preload = collector === undefined ? [] : ['-r', join(root, 'register.js')]
  const child = spawn(process.execPath, ['--expose-gc', ...preload, join(root, 'test', 'leaks', 'app.js')], {
    env: { PATH: process.env.PATH, PORT: '0', ...address(collector?.port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  process.on('exit', () => child.kill('SIGKILL'))
  const gone = new AbortController()
  child.on('exit', () => gone.abort())
  const run = {
    name,
    collector,
    child,
    gone: gone.signal,
    said: '',
    stdout: '',
    samples: [],
    stragglers: 0,
    failures: 0,
  }
  child.stderr.setEncoding('utf8').on('data', (text) => {
    run.said += text
  })
  child.stdout.setEncoding('utf8').on('data', (text) => {
    run.stdout += text
  })
  const [, port] = await printed(run, /^listening on (\d+)$/m)
  run.clients = Array.from({ length: CLIENTS }, () => new Client(Number(port)))
  return run
}

async function soak(run, until) {
  const ended = new AbortController()
  const flapping = flap(run.collector, ended.signal)
  const began = Date.now()
  while (Date.now() < until) {
    const pause = Math.min(until, Date.now() + values.every * 1_000)
    await Promise.all(run.clients.map((client) => work(run, client, pause)))
    // The memory is looked at when no request is open.
    for (const client of run.clients) await client.close()
    const report = await look(run)
    run.samples.push({ hours: (Date.now() - began) / 3_600_000, ...report })
    if (report.live !== 0) run.stragglers++
    if (run.said.includes('nothing is traced')) throw new Error(run.said)
    if (run.samples.length % 20 === 0) progress(run, report)
  }
  ended.abort()
  await flapping
  await run.collector?.recover()
  // For what the agent still has.
  await timers.setTimeout(5_000)
  run.child.kill('SIGKILL')
  await run.collector?.close()
}

/** Exchanges of all kinds, drawn by lot, at about the rate. */
async function work(run, client, until) {
  while (Date.now() < until) {
    const [name, exchange] = chosen[Math.floor(Math.random() * chosen.length)]
    try {
      await exchange(client)
    } catch (error) {
      run.failures++
      console.log(`${run.name}, ${name}: ${error.message}`)
    }
    while (client.left.length > MOST_LEFT) await client.left.shift().hangUp()
    await timers.setTimeout(-Math.log(1 - Math.random()) * ((CLIENTS * 1_000) / values.rate))
  }
}

async function flap(collector, signal) {
  while (collector !== undefined && !signal.aborted) {
    const wait = SHORTEST_STATE + Math.random() * (LONGEST_STATE - SHORTEST_STATE)
    await timers.setTimeout(wait, undefined, { signal }).catch(() => {})
    await collector.change()
  }
}

/** What the app says of its memory, after a garbage collection. */
async function look(run) {
  run.stdout = ''
  run.child.kill('SIGUSR2')
  const [, report] = await printed(run, /^report (.*)$/m)
  return JSON.parse(report)
}

async function printed(run, pattern) {
  for (;;) {
    const found = pattern.exec(run.stdout)
    if (found !== null) return found
    await once(run.child.stdout, 'data', { signal: run.gone }).catch(() => {
      throw new Error(`${run.name} ended: ${run.said}`)
    })
  }
}

function progress({ name, samples, collector }, { requests, heap, rss, live }) {
  const minute = Math.round(samples.at(-1).hours * 60)
  const delivered = collector === undefined ? '' : `, ${collector.delivered} spans delivered`
  console.log(
    `${minute} min, ${name}: ${requests} requests, heap ${mib(heap)}, RSS ${mib(rss)}, ${live} live${delivered}`,
  )
}

function conclude({ name, samples, collector, said, stragglers, failures }) {
  const last = samples.at(-1)
  const steady = samples.slice(Math.floor(samples.length * WARM_UP))
  const rate = (steady.at(-1).requests - steady[0].requests) / (steady.at(-1).hours - steady[0].hours)
  console.log(`\n${name}: ${last.requests} requests, ${samples.length} looks, ${failures} exchanges failed`)
  for (const kind of ['heap', 'rss']) {
    const slope = slopeOf(steady.map((sample) => ({ x: sample.hours, y: sample[kind] })))
    console.log(`  ${kind}: ${mib(steady[0][kind])} to ${mib(last[kind])}`)
    console.log(`    an hour: ${interval(slope, 1)} KiB`)
    console.log(`    a million requests: ${interval(slope, 1_000_000 / rate)} KiB`)
  }
  if (collector === undefined) return
  const produced = last.requests + last.calls
  console.log(`  spans live when no request was open: ${stragglers === 0 ? 'never one' : `${stragglers} times`}`)
  console.log(`  spans: ${produced} produced, ${collector.delivered} delivered, ${produced - collector.delivered} lost`)
  console.log(`  the collector was ${[...collector.seen].map(([state, times]) => `${state} ${times}×`).join(', ')}`)
  console.log(`  the agent said ${said.split('\n').length - 1} lines; the last: ${said.trim().split('\n').at(-1)}`)
  console.log(`  handles: ${JSON.stringify(last.handles)}`)
}

function interval({ estimate, low, high }, factor) {
  return [estimate, low, high]
    .map((bytes) => Math.round((bytes * factor) / 1_024))
    .join(' ')
    .replace(/ (\S+) (\S+)$/, ' (95 %: $1 to $2)')
}

function mib(bytes) {
  return `${(bytes / 1_048_576).toFixed(1)} MiB`
}
