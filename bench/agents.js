// All that is compared. A new agent is one entry here.
const { join } = require('node:path')
const { installPeers } = require('./peers/index.js')

const register = join(__dirname, '..', 'register.js')
const own = (name) => join(__dirname, 'agents', `${name}.js`)

const unobserved = { name: 'none', node: [], environment: {}, share: 0 }

function oursOverUdp(sink) {
  return ours('tracing over UDP', udpOf(sink))
}

/** The agents by name, as commands start them, which send their spans to a sink. */
function agentsFor(sink) {
  const { url } = sink
  const udp = udpOf(sink)
  const sampled = (rate) => ({ ...udp, JAEGER_SAMPLER_TYPE: 'probabilistic', JAEGER_SAMPLER_PARAM: String(rate) })
  return [
    unobserved,
    { name: 'AsyncLocalStorage alone', node: ['-r', own('als')], environment: {}, share: 0 },
    oursOverUdp(sink),
    ours('tracing over HTTP', { JAEGER_ENDPOINT: url }),
    ours('tracing at 1 %', sampled(0.01), 0.01),
    ours('tracing unsampled', sampled(0), 0),
    { name: 'jaeger-client by hand', node: ['-r', own('naive')], environment: udp, share: 1 },
    ...installPeers(url).map(({ title, version, preload, environment, packages }) => ({
      name: title,
      version,
      node: ['-r', preload],
      environment,
      packages,
      share: 1,
      isPeer: true,
    })),
  ]
}

function ours(name, environment, share = 1) {
  return {
    name,
    node: ['-r', register],
    environment: { TRACE_SERVICE_NAME: 'bench', ...environment },
    share,
    isOurs: true,
  }
}

function udpOf({ udpPort }) {
  return { JAEGER_AGENT_HOST: '127.0.0.1', JAEGER_AGENT_PORT: String(udpPort) }
}

module.exports = { agentsFor, oursOverUdp, unobserved }
