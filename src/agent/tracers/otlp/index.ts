import { Tracer } from 'opentracing'
import type { Config } from '../../config.js'
import { combine } from '../../propagation/index.js'
import type { Backend } from '../backend.js'
import { CollectorTransport } from '../collector.js'
import { Schedule } from '../schedule.js'
import { readEnvironment, type Serialize } from './environment.js'
import { SpanOutbox } from './outbox.js'
import { loadPackages, type Packages } from './packages.js'
import { OutboxProcessor } from './processor.js'
import { propagator } from './propagator.js'
import { makeSampler } from './sampler.js'
import type { Serializer } from './sdk.js'
import { openTracing } from './tracer.js'

/**
 * OpenTelemetry's SDK behind its own OpenTracing shim, with our own way out of the process, as OpenTelemetry's variables
 * ask. The SDK's exporters would keep the process alive while they retry, and report to the app's own diagnostics.
 * Nothing that is global in OpenTelemetry's API is touched. Throws where packages are missing.
 */
export function otlpBackend(config: Config, environment: NodeJS.ProcessEnv): Backend {
  const packages = loadPackages()
  const { api, sdk, serializers } = packages
  const settings = readEnvironment(environment)
  if (settings.disabled) return { tracer: new Tracer(), flush: (_timeout, done) => done(), flushNow() {} }

  const isJson = settings.protocol === 'http/json'
  const serialize = serializeWith(isJson ? serializers.JsonTraceSerializer : serializers.ProtobufTraceSerializer)
  const outbox = new SpanOutbox(settings.mostSpans, settings.mostSpansOfMessage)
  const transport = new CollectorTransport(outbox, collector(), {
    timeout: settings.timeout,
    flushInterval: settings.delay,
  })
  const schedule = new Schedule(outbox, transport, settings.delay)
  const provider = new sdk.BasicTracerProvider({
    resource: resourceOf(packages, config.serviceName),
    sampler: makeSampler(packages, environment),
    spanProcessors: [new OutboxProcessor(api.SpanKind, outbox, schedule)],
  })
  const headers = propagator(packages, combine(config.propagation), config.debugId)
  return {
    tracer: openTracing(packages, provider.getTracer('tracing'), headers),
    flush: (timeout, done) => schedule.flush(timeout, done),
    flushNow: () => transport.flushNow(),
    deliveries: () => [transport.delivery],
  }

  /** Loaded when chosen: one of them brings a core module along that the other does without. */
  function collector() {
    if (settings.protocol === 'grpc') {
      const { grpcCollector }: typeof import('./grpc.js') = require('./grpc.js')
      return grpcCollector(serialize, settings)
    }
    const { httpCollector }: typeof import('./http.js') = require('./http.js')
    return httpCollector(serialize, settings)
  }
}

/** What holds for all spans of the process: as the SDK and the environment say, and the name of the service. */
function resourceOf({ resources }: Packages, serviceName: string) {
  const { defaultResource, envDetector, resourceFromAttributes } = resources
  return defaultResource()
    .merge(resourceFromAttributes(envDetector.detect().attributes ?? {}))
    .merge(resourceFromAttributes({ 'service.name': serviceName }))
}

function serializeWith(serializer: Serializer): Serialize {
  return (spans) => {
    const bytes = serializer.serializeRequest(spans)
    if (bytes === undefined) throw new Error('they cannot be serialized')
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
}
