import type { Tracer } from 'opentracing'
import type { BuiltInPatch, InnerAgent } from '../agent/built-in.js'
import { noteGlobalTracer } from '../agent/global-tracer.js'
import { wrap } from '../agent/wrap.js'

/**
 * The app's own copy of `opentracing`: its `globalTracer()` is the agent's, as long as the app has none of its own. With
 * `TRACE_TRACER=global` the agent's is the app's, and spans that the app begins by it find their parents too.
 */
export const opentracing: BuiltInPatch<GlobalTracer> = {
  module: 'opentracing',
  file: 'lib/global_tracer',
  versions: '>=0.13 <1',

  patch(exports, agent) {
    const tracer = lateTracer(agent)
    if (!agent.config.tracer.includes('global')) {
      exports.initGlobalTracer(tracer)
      return
    }
    wrap(exports, 'initGlobalTracer', (initGlobalTracer) => {
      return function (own, ...rest) {
        if (!isTracer(own)) return Reflect.apply(initGlobalTracer, this, [own, ...rest])
        noteGlobalTracer(own)
        return Reflect.apply(initGlobalTracer, this, [tracer, ...rest])
      }
    })
  },
}

/** The methods that `globalTracer()` passes on. The agent's tracer needs `opentracing`, which is only being loaded now. */
function lateTracer(agent: InnerAgent): PassedOn {
  return {
    startSpan: (name, options) => agent.tracer().startSpan(name, options),
    inject: (spanContext, format, carrier) => agent.tracer().inject(spanContext, format, carrier),
    extract: (format, carrier) => agent.tracer().extract(format, carrier),
  }
}

function isTracer(value: unknown): value is Tracer {
  return typeof value === 'object' && value !== null && 'startSpan' in value
}

type PassedOn = Pick<Tracer, 'startSpan' | 'inject' | 'extract'>

interface GlobalTracer {
  initGlobalTracer(tracer: PassedOn): void
}
