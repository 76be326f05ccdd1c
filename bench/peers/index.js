// The other agents that ours is compared with, by name: their preloads, as production would write them, and what it takes
// to install them in this folder.
const { spawnSync } = require('node:child_process')
const { join } = require('node:path')

const peers = {
  opentelemetry: {
    title: 'OpenTelemetry',
    module: '@opentelemetry/sdk-node',
    packages: [
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-proto',
      '@opentelemetry/instrumentation-express',
      '@opentelemetry/instrumentation-http',
      '@opentelemetry/instrumentation-undici',
      '@opentelemetry/sdk-node',
    ],
    environment: {},
    /** What keeps it from sending trace headers. */
    silent: { OTEL_PROPAGATORS: 'none' },
  },
  datadog: {
    title: 'Datadog',
    module: 'dd-trace',
    packages: ['dd-trace'],
    environment: {
      DD_CRASHTRACKING_ENABLED: 'false',
      DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
      DD_REMOTE_CONFIGURATION_ENABLED: 'false',
    },
    silent: { DD_TRACE_PROPAGATION_STYLE_INJECT: 'none' },
  },
  elastic: { title: 'Elastic', module: 'elastic-apm-node', packages: ['elastic-apm-node'], environment: {} },
}

/** The peers, as the lock file has them, which send their spans to the address `sink`. */
function installPeers(sink) {
  const installs = ['install', '--no-save', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund']
  const { status } = spawnSync('npm', installs, { cwd: __dirname, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`the peers cannot be installed in ${__dirname}`)
  return Object.entries(peers).map(([name, { module, environment, ...peer }]) => ({
    ...peer,
    name,
    version: require(join(__dirname, 'node_modules', module, 'package.json')).version,
    preload: join(__dirname, `${name}.js`),
    environment: { ...environment, SINK_URL: sink },
  }))
}

module.exports = { installPeers }
