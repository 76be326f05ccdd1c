// Fails where the agent has become slower: `npm run bench:guard`. Two servers, without and with it, are asked in turn, a
// second each; what counts is the median of the ratios of their CPU a request. docs/overhead.md says where the limits
// come from.
const { oursOverUdp, unobserved } = require('./agents.js')
const { apps, startUpstream } = require('./apps.js')
const { Served } = require('./served.js')
const { startSink } = require('./sink.js')
const { spread } = require('./statistics.js')

/** The most CPU a request with the agent, as a multiple of that without. */
const LIMITS = { http: 3.5, 'express-4': 2.3, call: 2.2 }
const PAIRS = 12

main()

async function main() {
  const sink = await startSink()
  const upstream = await startUpstream()
  for (const [name, limit] of Object.entries(LIMITS)) {
    const { median, low, high } = spread(await ratios(apps[name], sink))
    const isSlower = median > limit
    const figures = `${median.toFixed(3)} (${low.toFixed(2)} to ${high.toFixed(2)})`
    console.log(
      `${isSlower ? 'SLOWER ' : ''}${name}: ${figures} times the CPU a request without the agent; at most ${limit}`,
    )
    if (isSlower) process.exitCode = 1
  }
  upstream.kill()
  sink.close()
}

async function ratios(app, sink) {
  const without = await Served.start(app, unobserved)
  const having = await Served.start(app, oursOverUdp(sink))
  const found = []
  // Code is compiled in the first seconds.
  for (const served of [without, having]) await served.saturate(3)
  for (let pair = 0; pair < PAIRS; pair++) {
    const [one, other] = pair % 2 === 0 ? [without, having] : [having, without]
    const [first, second] = [await one.saturate(1), await other.saturate(1)]
    found.push(one === without ? second.cpu / first.cpu : first.cpu / second.cpu)
  }
  for (const served of [without, having]) await served.stop()
  return found
}
