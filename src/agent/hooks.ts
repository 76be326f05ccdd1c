import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Span } from 'opentracing'
import { context, untraced } from './context.js'
import { quote, reason, say } from './log.js'
import { loadModule, property } from './modules.js'
import type { ServerSpan } from './server-span.js'

/** What a module that `TRACE_HOOKS` names may export, by itself or as `default`. */
export interface HookModule {
  /** The span of a request has begun. Called inside the request, before the app sees it. */
  onStart?(span: Span, req: IncomingMessage): void
  /** The span of a request is about to end; all that the agent sets is there. `res` is missing for upgrades. */
  onFinish?(span: Span, req: IncomingMessage, res: ServerResponse | undefined): void
  /** The span of an outgoing call has begun: of a `ClientRequest` of `http`, or of a request of undici's. */
  onCall?(span: Span, request: object): void
}

const NAMES = ['onStart', 'onFinish', 'onCall'] as const

/** The user's own hooks. What they throw is said once for each, and changes nothing. Nothing here throws. */
export class Hooks {
  private functions: Partial<Record<keyof HookModule, (...args: unknown[]) => unknown>> | undefined
  private readonly failed = new Set<keyof HookModule>()

  constructor(private readonly name: string) {}

  /** Loads the module, where that has not been done. */
  load(): void {
    if (this.functions !== undefined) return
    this.functions = {}
    try {
      const exported = untraced(() => loadModule(this.name))
      for (const name of NAMES) {
        const hook = property(exported, name) ?? property(property(exported, 'default'), name)
        if (typeof hook === 'function') this.functions[name] = (...args) => Reflect.apply(hook, undefined, args)
      }
      if (Object.keys(this.functions).length === 0) this.refuse(`it exports none of ${NAMES.join(', ')}`)
    } catch (error) {
      this.refuse(reason(error))
    }
  }

  onStart(serverSpan: ServerSpan, req: IncomingMessage): void {
    const { handedOut } = serverSpan
    context.run(serverSpan, () => this.run('onStart', handedOut, req))
  }

  onFinish(serverSpan: ServerSpan, req: IncomingMessage, res: ServerResponse | undefined): void {
    const { handedOut } = serverSpan
    context.run(serverSpan, () => this.run('onFinish', handedOut, req, res))
  }

  /** A call that the hook makes has no span, and so no hook. */
  onCall(span: Span, request: object): void {
    untraced(() => this.run('onCall', span, request))
  }

  private run(name: keyof HookModule, ...args: unknown[]): void {
    this.load()
    try {
      const returned = this.functions?.[name]?.(...args)
      // A hook may be an async function, whose rejection nobody else would handle.
      if (returned instanceof Promise) returned.catch((error: unknown) => this.complain(name, error))
    } catch (error) {
      this.complain(name, error)
    }
  }

  private complain(name: keyof HookModule, error: unknown): void {
    if (this.failed.has(name)) return
    this.failed.add(name)
    say(`TRACE_HOOKS: ${name} failed: ${reason(error)}; this is said once`)
  }

  private refuse(why: string): void {
    say(`TRACE_HOOKS=${quote(this.name)} cannot be used: ${why}`)
  }
}
