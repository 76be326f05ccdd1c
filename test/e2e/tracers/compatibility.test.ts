import { join } from 'node:path'
import { beforeEach, describe, it } from 'node:test'
import { readConfig } from '../../../src/agent/config.js'
import { Recorder } from '../../../src/agent/recorder.js'
import { chooseBackend } from '../../../src/agent/tracers/index.js'
import { packages } from './sink.js'

/** OpenTracing's own checks, which know the globals of mocha. */
const checks: { default(createTracer: () => unknown, options?: { skipBaggageChecks: boolean }): void } = require(
  join(packages, 'node_modules', 'opentracing', 'lib', 'test', 'api_compatibility.js'),
)
Object.assign(globalThis, { describe, it, beforeEach })
process.chdir(packages)

for (const names of [
  'jaeger',
  'console',
  'noop',
  'otlp',
  'jaeger,console',
  'otlp,jaeger,noop',
  './modules/opentelemetry.js,jaeger',
]) {
  describe(`the tracer of TRACE_TRACER=${names}`, () => {
    const config = readConfig({ TRACE_TRACER: names, SERVICE: 'x' }, (line) => {
      throw new Error(line)
    })
    const createTracer = () => new Recorder(() => chooseBackend(config)).prepare()?.tracer
    // OpenTracing's own noop tracer keeps no baggage.
    checks.default(createTracer, { skipBaggageChecks: names === 'noop' })
  })
}
