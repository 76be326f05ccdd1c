import type { Span } from 'opentracing'

/** What the running agent offers to the app's own import of `tracing`, whichever copy of the package that is. */
export interface Published {
  getSpan(req: unknown): Span | undefined
}

const key = Symbol.for('tracing.agent')

/** Whether an agent runs in this thread: of two that are loaded, the first wins. */
export function isRunning(): boolean {
  return published() !== undefined
}

export function published(): Published | undefined {
  return Reflect.get(globalThis, key)
}

export function publish(agent: Published): void {
  Object.defineProperty(globalThis, key, { value: Object.freeze(agent) })
}
