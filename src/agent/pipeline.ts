import type { ServerSpan } from './server-span.js'

/**
 * By connection, the pipelined requests whose answers wait for those of earlier ones. When the connection breaks, Node
 * tells nothing of them, once their bodies have been read.
 */
const waiting = new WeakMap<object, Set<ServerSpan>>()

export function wait(socket: object, serverSpan: ServerSpan): void {
  const spans = waiting.get(socket) ?? new Set()
  // Answers are given in the order of the requests, so that those which are done stand in front.
  for (const first of spans) {
    if (!first.isOver) break
    spans.delete(first)
  }
  waiting.set(socket, spans.add(serverSpan))
}

/** The connection is gone: no answer that waited will be given. */
export function breakOff(socket: object): void {
  for (const serverSpan of waiting.get(socket) ?? []) serverSpan.finish(true)
  waiting.delete(socket)
}
