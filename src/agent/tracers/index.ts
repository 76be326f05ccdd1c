import { Tracer } from 'opentracing'
import type { Config } from '../config.js'
import { environment } from '../environment.js'
import { quote, reason, say } from '../log.js'
import type { Backend } from './backend.js'

/** The tracers that come with the agent, each loaded when it is chosen. Any other name is that of a module. */
const tracers: Record<string, (config: Config, environment: NodeJS.ProcessEnv) => Backend> = {
  jaeger(config, environment) {
    const { jaegerBackend }: typeof import('./jaeger/index.js') = require('./jaeger/index.js')
    return jaegerBackend(config, environment)
  },
  otlp(config, environment) {
    const { otlpBackend }: typeof import('./otlp/index.js') = require('./otlp/index.js')
    return otlpBackend(config, environment)
  },
  console(config, environment) {
    const { consoleBackend }: typeof import('./console/index.js') = require('./console/index.js')
    return consoleBackend(config, environment)
  },
  global() {
    const { globalBackend }: typeof import('./global.js') = require('./global.js')
    return globalBackend()
  },
  noop,
}

/**
 * The tracers that the user chose, as one. Of each that cannot be had, one line says why, and the others stand; where
 * there is none left, the default does. Never throws.
 */
export function chooseBackend(config: Config): Backend {
  const variables = environment()
  const made = new Map<string, Backend>()
  const refused = new Map<string, string>()
  for (const name of config.tracer) attempt(name)
  if (made.size === 0) attempt('jaeger')
  if (made.size === 0) attempt('noop')
  const names = [...made.keys()].join(', ')
  for (const [name, why] of refused) say(`TRACE_TRACER=${quote(name)} ${why}; using ${names}`)
  return combine([...made])

  function attempt(name: string): void {
    try {
      made.set(name, make(name, config, variables))
    } catch (error) {
      const allowed = `${Object.keys(tracers).join(', ')} or a module that exports a tracer`
      const problem = Object.hasOwn(tracers, name)
        ? `cannot be used: ${reason(error)}`
        : `is not ${allowed} (${reason(error)})`
      refused.set(name, problem)
    }
  }
}

function make(name: string, config: Config, environment: NodeJS.ProcessEnv): Backend {
  const builtIn = Object.hasOwn(tracers, name) ? tracers[name] : undefined
  if (builtIn !== undefined) return builtIn(config, environment)
  const { customBackend }: typeof import('./custom.js') = require('./custom.js')
  return customBackend(name)
}

function combine(backends: readonly [name: string, backend: Backend][]): Backend {
  const [[, only] = ['', noop()], ...others] = backends
  if (others.length === 0) return only
  const { severalBackends }: typeof import('./several/index.js') = require('./several/index.js')
  return severalBackends(backends)
}

function noop(): Backend {
  return { tracer: new Tracer(), flush: (_timeout, done) => done(), flushNow() {} }
}
