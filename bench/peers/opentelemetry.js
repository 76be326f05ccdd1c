// OpenTelemetry's SDK as its docs set it up, with the instrumentations of http, fetch and Express alone. Every request
// is sampled; spans go in batches, as OTLP in protobuf, to SINK_URL. No metrics, no logs.
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-proto')
const { ExpressInstrumentation } = require('@opentelemetry/instrumentation-express')
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http')
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici')
const { NodeSDK } = require('@opentelemetry/sdk-node')

new NodeSDK({
  serviceName: 'bench',
  traceExporter: new OTLPTraceExporter({ url: `${process.env.SINK_URL}/v1/traces` }),
  instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation(), new ExpressInstrumentation()],
  metricReaders: [],
  logRecordProcessors: [],
}).start()
