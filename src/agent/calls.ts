import type { SpanContext } from 'opentracing'
import { ClientSpan } from './client-span.js'
import { elapsed, now } from './clock.js'
import type { Config } from './config.js'
import { context } from './context.js'
import { hostName } from './hosts.js'
import { complain, reason } from './log.js'
import type { Recorder, Tags } from './recorder.js'
import type { Settings } from './server-span.js'
import { defaultPort, placeTags, type Target } from './target.js'

/** Which outgoing calls are traced, and how their spans begin. */
export class Calls {
  private readonly config: Config

  constructor(
    private readonly settings: Settings,
    private readonly recorder: Recorder,
  ) {
    this.config = settings.config
  }

  /**
   * The span of a call that the app makes, or what stands for it; `undefined` for the agent's own. `request` is what the
   * library that makes the call knows it by. Never throws.
   */
  begin(target: Target, request: object): ClientSpan | undefined {
    try {
      const scope = context.getStore()
      if (scope === undefined || scope.isTraced) return this.start(target, request, scope?.context)
      if (scope.sender === undefined) return undefined
      return new ClientSpan(target, this.config, this.recorder, undefined, scope.sender, 0, 0)
    } catch (error) {
      complain('call', `a call could not be traced: ${reason(error)}`)
      return undefined
    }
  }

  private start(target: Target, request: object, parent: SpanContext | undefined): ClientSpan | undefined {
    const { config, recorder } = this
    const { method, component, port } = target
    if (config.clientExclude?.(hostName(target.host), port ?? defaultPort(target)))
      return new ClientSpan(target, config, recorder, undefined, undefined, 0, 0)

    // To make the tracer can take longer than the call.
    recorder.prepare()
    const began = elapsed()
    const startTime = now()
    const tags: Tags = { 'span.kind': 'client', component, 'http.method': method }
    if (port !== undefined) Object.assign(tags, placeTags(target, port, config))
    const span = recorder.start(method, parent, startTime, tags)
    if (span !== undefined) this.settings.hooks?.onCall(span, request)
    return span && new ClientSpan(target, config, recorder, span, undefined, startTime, began)
  }
}
