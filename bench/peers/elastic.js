// Elastic's agent with all its instrumentations, as `start` sets it up. Every request is sampled; spans go to SINK_URL in
// the place of an APM server. No metrics, no configuration from afar.
require('elastic-apm-node').start({
  serviceName: 'bench',
  serverUrl: process.env.SINK_URL,
  transactionSampleRate: 1,
  metricsInterval: '0s',
  centralConfig: false,
  cloudProvider: 'none',
  logLevel: 'off',
})
