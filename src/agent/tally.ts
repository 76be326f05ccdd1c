import type { InnerAgent } from './built-in.js'
import type { Config } from './config.js'
import { Untraced } from './context.js'
import { environment } from './environment.js'
import { debug, quote } from './log.js'
import { serviceName } from './service-name.js'
import type { Backend } from './tracers/backend.js'

/** Counts what the agent traces, and says at the end of the process what came of it: for `TRACE_DEBUG`. */
export class Tally {
  private requests = 0
  private leftOut = 0
  private calls = 0
  private backend: Backend | undefined

  constructor() {
    process.on('exit', this.say)
  }

  /** The same agent, counted. */
  of<Counted extends Pick<InnerAgent, 'begin' | 'call'>>(agent: Counted): Counted {
    return {
      ...agent,
      begin: (...args: Parameters<InnerAgent['begin']>) => {
        const scope = agent.begin(...args)
        this.requests++
        if (scope === undefined || scope instanceof Untraced) this.leftOut++
        return scope
      },
      call: (...args: Parameters<InnerAgent['call']>) => {
        const call = agent.call(...args)
        if (call !== undefined) this.calls++
        return call
      },
    }
  }

  /** The tracer is there. Its last spans leave in listeners of `exit` that ours has to come after. */
  made(backend: Backend, config: Config): void {
    this.backend = backend
    process.off('exit', this.say)
    process.on('exit', this.say)
    const { source } = serviceName(environment(), process.argv[1])
    const places = backend.deliveries?.().map(({ to }) => to) ?? [`where the tracer ${config.tracer} sends them`]
    debug(`spans of ${quote(config.serviceName)} (${source}) go to ${places.join(', ')}`)
  }

  private readonly say = () => {
    const { requests, leftOut, calls } = this
    const begun = requests - leftOut + calls
    const deliveries = this.backend?.deliveries?.() ?? []
    debug(`at the end: ${requests} requests, ${leftOut} of them not traced; ${calls} calls`)
    for (const { to, sent, lost, waiting, outcome, reason } of deliveries)
      debug(`at the end: ${sent} spans sent to ${to}, ${lost + waiting} lost${outcome === 'lost' ? `: ${reason}` : ''}`)

    if (requests === 0) debug('no request was traced: no http server of this process got one')
    else if (leftOut === requests)
      debug(
        'no request was traced: TRACE_ALL, TRACE_INCLUDE and TRACE_EXCLUDE leave them out, or there was no tracer for them',
      )
    for (const { to, sent, lost, waiting } of deliveries) {
      if (begun > 0 && sent + lost + waiting === 0)
        debug(`no span was sent to ${to}: none was sampled, or none has ended`)
    }
  }
}
