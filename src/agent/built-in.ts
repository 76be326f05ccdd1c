import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Tracer } from 'opentracing'
import type { ClientSpan } from './client-span.js'
import type { Config } from './config.js'
import type { Untraced } from './context.js'
import type { Agent, Patch } from './patch.js'
import type { ServerSpan } from './server-span.js'
import type { Target } from './target.js'

/** A patch of the agent's own, which may ask for more. Every file in `src/patches` describes one. */
export interface BuiltInPatch<Exports = unknown> extends Omit<Patch<Exports>, 'patch'> {
  /** Whether the options ask for it; where left out they do. */
  wanted?(config: Config): boolean
  patch(exports: Exports, agent: InnerAgent): void
}

/** What the agent's own patches may ask of it. Nothing of it throws. */
export interface InnerAgent extends Agent {
  readonly config: Config
  /** Makes the tracer ready before the first request needs it, off the app's start. */
  prepare(): void
  /** The new span of a request that has just arrived, or what stands for it when it is not to be traced. */
  begin(req: IncomingMessage, res: ServerResponse | undefined): ServerSpan | Untraced | undefined
  /** The new span of a call that the app makes, or what stands for it; `undefined` for the agent's own. */
  call(target: Target, request: object): ClientSpan | undefined
  /** The tracer as the app is to see it: a span that begins without a parent is a child of the active one. */
  tracer(): Tracer
}
