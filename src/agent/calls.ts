import { ClientSpan } from './client-span.js'
import { elapsed, now } from './clock.js'
import type { Config } from './config.js'
import { context, type Scope } from './context.js'
import { complain, reason } from './log.js'
import type { Recorder, Tags } from './recorder.js'
import type { Settings } from './server-span.js'
import { defaultPort, type Target, tagPlace } from './target.js'

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
      if (scope === undefined || scope.isTraced) return this.start(target, request, scope)
      if (scope.sender === undefined) return undefined
      return new ClientSpan(target, this.config, this.recorder, scope, undefined, scope.sender, 0, 0)
    } catch (error) {
      complain('call', `a call could not be traced: ${reason(error)}`)
      return undefined
    }
  }

  private start(target: Target, request: object, scope: Scope | undefined): ClientSpan | undefined {
    const { config, recorder } = this
    const { method, component, host, port } = target
    if (config.clientExclude?.(host, port ?? defaultPort(target)))
      return new ClientSpan(target, config, recorder, scope, undefined, undefined, 0, 0)

    // To make the tracer can take longer than the call.
    recorder.prepare()
    const began = elapsed()
    const startTime = now(began)
    const tags: Tags = { 'span.kind': 'client', component, 'http.method': method }
    if (port !== undefined) tagPlace(tags, target, port, config)
    const span = recorder.start(method, scope?.context, startTime, tags)
    if (span !== undefined) this.settings.hooks?.onCall(span, request)
    return span && new ClientSpan(target, config, recorder, scope, span, undefined, startTime, began)
  }
}
