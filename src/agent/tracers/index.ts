import { Tracer } from 'opentracing'
import type { Config } from '../config.js'
import { quote, reason, say } from '../log.js'
import type { Backend } from './backend.js'

/** The tracers that come with the agent, each loaded when it is chosen. Any other name is that of a module. */
const tracers: Record<string, (config: Config) => Backend> = {
  jaeger(config) {
    const { jaegerBackend }: typeof import('./jaeger/index.js') = require('./jaeger/index.js')
    return jaegerBackend(config, process.env)
  },
  console(config) {
    const { consoleBackend }: typeof import('./console/index.js') = require('./console/index.js')
    return consoleBackend(config, process.env)
  },
  global() {
    const { globalBackend }: typeof import('./global.js') = require('./global.js')
    return globalBackend()
  },
  noop: () => ({ tracer: new Tracer(), flush: (_timeout, done) => done(), flushNow() {} }),
}

/** The tracer that the user chose; where it cannot be had, one line says why, and the default stands. Never throws. */
export function chooseBackend(config: Config): Backend {
  const [name = 'jaeger', ...others] = config.tracer
  if (others.length > 0) say(`TRACE_TRACER: several tracers at once come with a later release; using ${name}`)
  for (const candidate of new Set([name, 'jaeger'])) {
    try {
      return make(candidate, config)
    } catch (error) {
      const allowed = `${Object.keys(tracers).join(', ')} or a module that exports a tracer`
      const instead = candidate === 'jaeger' ? 'noop' : 'jaeger'
      say(`TRACE_TRACER=${quote(candidate)} is not ${allowed} (${reason(error)}); using ${instead}`)
    }
  }
  return make('noop', config)
}

function make(name: string, config: Config): Backend {
  const builtIn = Object.hasOwn(tracers, name) ? tracers[name] : undefined
  if (builtIn !== undefined) return builtIn(config)
  const { customBackend }: typeof import('./custom.js') = require('./custom.js')
  return customBackend(name)
}
