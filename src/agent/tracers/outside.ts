import { AsyncResource } from 'node:async_hooks'

const resource = new AsyncResource('TRACING')

/** Runs what makes timers and sockets: those of a request's context would hold on to that request while they live. */
export function outside(run: () => void): void {
  resource.runInAsyncScope(run)
}
