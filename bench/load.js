// What each agent adds to each app under load, round by round.
const { setTimeout: wait } = require('node:timers/promises')
const { countRequests } = require('./count.js')
const { Served } = require('./served.js')
const { steadyLatency } = require('./steady.js')

/** Milliseconds in which something more arrives, or nothing does any more. Exporters of others wait up to ten seconds. */
const QUIET = 2_500
const QUIET_OF_PEERS = 11_000
const STEP = 100

/** Of each agent in each round; `plan` says how long, and how often. */
async function measureLoad(app, agents, sink, plan) {
  const rounds = []
  for (let round = 0; round < plan.rounds; round++) {
    const measured = {}
    // Each begins a round in turn, so that none is always the first after a pause.
    for (const agent of [...agents.slice(round), ...agents.slice(0, round)])
      measured[agent.name] = await measure(app, agent, sink, plan)
    rounds.push(measured)
  }
  return rounds
}

async function measure(app, agent, sink, { warmUp, seconds, steady }) {
  sink.take()
  const served = await Served.start(app, agent)
  try {
    const first = await served.saturate(warmUp)
    const figures = await served.saturate(seconds)
    const latency = steady === undefined ? undefined : await steadyLatency(served.origin, app.path, steady)
    const requests = first.requests + figures.requests + (steady === undefined ? 0 : steady.perSecond * steady.seconds)
    const arrived = await countArrivals(sink, agent.share * requests, agent.isPeer ? QUIET_OF_PEERS : QUIET)
    return {
      ...figures,
      ...latency,
      arrived: agent.share === 0 ? undefined : Math.min(1, arrived / (agent.share * requests)),
    }
  } finally {
    await served.stop()
  }
}

async function countArrivals(sink, expected, longestQuiet) {
  let arrived = 0
  for (let quiet = 0; arrived < expected && quiet < longestQuiet; quiet += STEP) {
    await wait(STEP)
    const messages = sink.take()
    if (messages.length > 0) quiet = 0
    arrived += countRequests(messages)
  }
  return arrived
}

module.exports = { measureLoad }
