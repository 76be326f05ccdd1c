// OpenTelemetry's shim, SDK and exporter, as their own documentation puts them together.
const { W3CTraceContextPropagator } = require('@opentelemetry/core')
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-proto')
const { resourceFromAttributes } = require('@opentelemetry/resources')
const { BasicTracerProvider, BatchSpanProcessor } = require('@opentelemetry/sdk-trace-base')
const { TracerShim } = require('@opentelemetry/shim-opentracing')

const exporter = new OTLPTraceExporter({ url: process.env.COLLECTOR })
const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ 'service.name': process.env.SERVICE }),
  spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 50 })],
})

const propagator = new W3CTraceContextPropagator()

module.exports = new TracerShim(provider.getTracer(process.env.SERVICE), { httpHeadersPropagator: propagator })
