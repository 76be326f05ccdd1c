// Datadog's tracer with all its integrations, as `init` sets it up. Every request is sampled, at any rate; spans go to
// SINK_URL in the place of Datadog's agent. What only variables turn off, index.js does.
require('dd-trace').init({
  service: 'bench',
  url: process.env.SINK_URL,
  sampleRate: 1,
  rateLimit: -1,
  profiling: false,
  runtimeMetrics: false,
  startupLogs: false,
})
