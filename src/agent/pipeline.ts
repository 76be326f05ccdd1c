import type { ServerSpan } from './server-span.js'

/**
 * By connection, the pipelined requests whose answers wait for those of earlier ones. When the connection breaks, Node
 * tells nothing of them, once their bodies have been read.
 */
const waiting = new WeakMap<object, readonly ServerSpan[]>()

export function wait(socket: object, serverSpan: ServerSpan): void {
  const others = (waiting.get(socket) ?? []).filter(({ span }) => span !== undefined)
  waiting.set(socket, [...others, serverSpan])
}

/** The connection is gone: no answer that waited will be given. */
export function breakOff(socket: object): void {
  for (const serverSpan of waiting.get(socket) ?? []) serverSpan.finish(true)
  waiting.delete(socket)
}
