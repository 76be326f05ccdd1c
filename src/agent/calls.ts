import type { SpanContext } from 'opentracing'
import { ClientSpan } from './client-span.js'
import { now } from './clock.js'
import type { Config } from './config.js'
import { context, Untraced } from './context.js'
import { hostName } from './hosts.js'
import { complain, reason } from './log.js'
import type { Recorder, Tags } from './recorder.js'
import { defaultPort, placeTags, type Target } from './target.js'

/** Which outgoing calls are traced, and how their spans begin. */
export class Calls {
  constructor(
    private readonly config: Config,
    private readonly recorder: Recorder,
  ) {}

  /** The span of a call that the app makes, or what stands for it; `undefined` for the agent's own. Never throws. */
  begin(target: Target): ClientSpan | undefined {
    try {
      const scope = context.getStore()
      if (!(scope instanceof Untraced)) return this.start(target, scope?.context)
      if (scope.sender === undefined) return undefined
      return new ClientSpan(target, this.config, this.recorder, undefined, scope.sender, 0)
    } catch (error) {
      complain('call', `a call could not be traced: ${reason(error)}`)
      return undefined
    }
  }

  private start(target: Target, parent: SpanContext | undefined): ClientSpan | undefined {
    const { config, recorder } = this
    const { method, component, port } = target
    const startTime = now()
    if (config.clientExclude?.(hostName(target.host), port ?? defaultPort(target)))
      return new ClientSpan(target, config, recorder, undefined, undefined, startTime)

    const tags: Tags = { 'span.kind': 'client', component, 'http.method': method }
    if (port !== undefined) Object.assign(tags, placeTags(target, port, config))
    const span = recorder.start(method, parent, startTime, tags)
    return span && new ClientSpan(target, config, recorder, span, undefined, startTime)
  }
}
