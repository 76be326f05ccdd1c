import { FORMAT_HTTP_HEADERS, FORMAT_TEXT_MAP, Tracer } from 'opentracing'
import { now } from '../../clock.js'
import { combine, type FormatName } from '../../propagation/index.js'
import type { Backend } from '../backend.js'
import type { Transport } from '../transport.js'
import { HostAddress } from './address.js'
import { load, logger, type Reporter } from './client.js'
import { jaegerCodec } from './codec.js'
import { timeSteadily } from './durations.js'
import { type JaegerEnvironment, readEnvironment } from './environment.js'
import { LONGEST_MESSAGE } from './message.js'
import { readProcessTags } from './process-tags.js'
import { SpanQueue } from './queue.js'
import { QueueReporter } from './reporter.js'
import { makeSampler } from './sampler.js'

export type { JaegerSpan, JaegerSpanContext, Reporter, Tag } from './client.js'

export interface JaegerOptions {
  readonly serviceName: string
  /** Whether whoever sends a header may force a trace to be kept. */
  readonly debugId: boolean
  /** The header formats: the first that is present and valid is read, all are written. */
  readonly propagation: readonly FormatName[]
}

/**
 * jaeger-client's tracer, spans and samplers, with our own way out of the process, as jaeger-client's variables ask.
 * Their bad values are told to the user.
 */
export function jaegerBackend(options: JaegerOptions, environment: NodeJS.ProcessEnv): Backend {
  const settings = readEnvironment(environment)
  if (settings.disabled) return { tracer: new Tracer(), flush: (_timeout, done) => done(), flushNow() {} }

  const queue = new SpanQueue(LONGEST_MESSAGE)
  const way = transport(queue, settings)
  const reporter = new QueueReporter(queue, way, settings)
  return {
    tracer: createTracer(options, environment, reporter),
    flush: (timeout, done) => reporter.flush(timeout, done),
    flushNow: () => reporter.flushNow(),
    deliveries: () => [way.delivery],
  }
}

/** jaeger-client's tracer, with our clock and headers, for a reporter of any kind. */
export function createTracer(options: JaegerOptions, environment: NodeJS.ProcessEnv, reporter: Reporter): Tracer {
  const { serviceName, debugId, propagation } = options
  const sampler = makeSampler(serviceName, environment)
  const JaegerTracer = load('tracer')
  const tracer = new JaegerTracer(serviceName, reporter, sampler, { logger, tags: readProcessTags(environment) })
  tracer.now = now
  timeSteadily(tracer)
  const codec = jaegerCodec(combine(propagation), debugId)
  for (const format of [FORMAT_HTTP_HEADERS, FORMAT_TEXT_MAP]) {
    tracer.registerInjector(format, codec)
    tracer.registerExtractor(format, codec)
  }
  return tracer
}

/** Loaded when chosen: each brings a core module along that the other does without. */
function transport(
  queue: SpanQueue,
  { endpoint, auth, timeout, flushInterval, ...agent }: JaegerEnvironment,
): Transport {
  if (endpoint !== undefined) {
    const { jaegerCollector }: typeof import('./http.js') = require('./http.js')
    const { CollectorTransport }: typeof import('../collector.js') = require('../collector.js')
    return new CollectorTransport(queue, jaegerCollector(queue, endpoint, auth), { timeout, flushInterval })
  }
  const { UdpTransport }: typeof import('./udp.js') = require('./udp.js')
  // Asked at every flush, and not at each message that is full.
  const host = new HostAddress(agent.agentHost, agent.family, flushInterval / 2)
  return new UdpTransport(queue, host, agent.agentPort)
}
