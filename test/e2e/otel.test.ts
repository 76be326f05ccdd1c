import { type Peer, testFleet } from './fleet.js'

const otel: Peer = {
  name: 'OpenTelemetry',
  command: [process.execPath, '-r', '@opentelemetry/auto-instrumentations-node/register', '../relay.js'],
  folder: 'otel',
  environment: ({ otlpEndpoint }) => ({
    OTEL_SERVICE_NAME: 'theirs',
    OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint,
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_NODE_RESOURCE_DETECTORS: 'env',
    OTEL_BSP_SCHEDULE_DELAY: '100',
  }),
  spans: ['theirs server', 'theirs client'],
}

testFleet(otel)
