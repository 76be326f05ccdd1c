import { EventEmitter } from 'node:events'
import type http from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type net from 'node:net'
import { Duplex } from 'node:stream'
import type { BuiltInPatch, InnerAgent } from '../agent/built-in.js'
import { runIn, scopeOf, serverSpanOf, type Untraced } from '../agent/context.js'
import { noteThrow } from '../agent/crash.js'
import { watchHandshake } from '../agent/handshake.js'
import type { Method } from '../agent/patch.js'
import { breakOff, wait } from '../agent/pipeline.js'
import type { ServerSpan } from '../agent/server-span.js'
import { wrap } from '../agent/wrap.js'

/** As it is now, whatever the app puts in its place. */
const { listenerCount } = EventEmitter.prototype

/** The classes of `http`, which is loaded before a server can have a request. */
let classes: Pick<typeof http, 'IncomingMessage' | 'ServerResponse'> | undefined

/**
 * Incoming requests of `http` and `https`, whose servers have `net.Server` in common. `emit` is wrapped rather than a
 * listener added: listeners for `upgrade`, `checkContinue` and the like change what Node does by merely being there.
 */
const servers: BuiltInPatch<typeof net> = {
  module: 'net',
  name: 'http',

  patch({ Server }, agent) {
    wrap<Server>(Server.prototype, 'emit', (emit) => {
      return function (...args) {
        const req = args[1]
        const peer = args[2]
        let known: RequestScope | undefined
        switch (args[0]) {
          case 'request':
          case 'checkContinue':
          case 'checkExpectation':
            if (!isRequest(req) || !isResponse(peer)) break
            known = scopeOf(req)
            return serve(emit, this, args, known ?? begin(req, peer, agent), known === undefined)
          case 'upgrade':
          case 'connect':
            if (!isRequest(req) || !(peer instanceof Duplex)) break
            known = scopeOf(req)
            return serve(emit, this, args, known ?? beginHandshake(req, peer, agent), known === undefined)
          case 'listening':
            if ('keepAliveTimeout' in this) agent.prepare()
        }
        return Reflect.apply(emit, this, args)
      }
    })
  },
}

/** What becomes of these requests. */
const messages: BuiltInPatch<typeof http> = {
  module: 'http',

  patch({ IncomingMessage, ServerResponse }) {
    classes = { IncomingMessage, ServerResponse }

    // Listeners of the request and the response run in its context too. Node itself emits the events of a body that
    // comes late in the context of the connection. Most events of most requests have no listeners.
    wrap<IncomingMessage>(IncomingMessage.prototype, 'emit', (emit) => {
      return function (...args) {
        const scope = isHeard(this, args[0]) ? scopeOf(this) : undefined
        try {
          return scope === undefined ? Reflect.apply(emit, this, args) : runIn(scope, emit, this, args)
        } finally {
          // An answer that waits for its turn on a connection that breaks gets no event of its own.
          if (args[0] === 'close' && this.socket?.destroyed) end(serverSpanOf(this))
        }
      }
    })

    wrap<ServerResponse>(ServerResponse.prototype, 'emit', (emit) => {
      return function (...args) {
        if (args[0] === 'close') return close(emit, this, args)
        const scope = scopeOfListeners(this, args[0])
        return scope === undefined ? Reflect.apply(emit, this, args) : runIn(scope, emit, this, args)
      }
    })
  },
}

export const httpServer = [servers, messages] as const

function isRequest(req: unknown): req is IncomingMessage {
  return classes !== undefined && req instanceof classes.IncomingMessage
}

function isResponse(res: unknown): res is ServerResponse {
  return classes !== undefined && res instanceof classes.ServerResponse
}

/** Has the app serve the request, in its context. A request that is not traced must not see the context of another. */
function serve(
  emit: Method,
  server: Server,
  args: unknown[],
  scope: RequestScope | undefined,
  isNew: boolean,
): unknown {
  let returned = false
  try {
    const handled = runIn(scope, emit, server, args, isNew)
    returned = true
    return handled
  } finally {
    // Not `catch`: an error that is thrown again reports our line as its origin when it ends the process.
    if (!returned) noteThrow(scope?.request)
  }
}

/** Nothing where an event has no listeners of the app. With `finish`, the response was handed to the system as a whole. */
function scopeOfListeners(res: ServerResponse, event: unknown): RequestScope | undefined {
  if (event !== 'finish') return isHeard(res, event) ? scopeOf(res.req) : undefined
  const scope = scopeOf(res.req)
  const request = scope?.request
  if (request !== undefined) request.sent = true
  return count(res, 'finish') > (request?.hasNodesListener ? 1 : 0) ? scope : undefined
}

/** The response is done, for better or worse: its span ends when the app's listeners have had their say. */
function close(emit: Method, res: ServerResponse, args: unknown[]): unknown {
  const { req } = res
  const scope = scopeOf(req)
  try {
    return scope === undefined || !isHeard(res, 'close')
      ? Reflect.apply(emit, res, args)
      : runIn(scope, emit, res, args)
  } finally {
    end(scope?.request)
    const socket = req?.socket
    // An answer with `Connection: close` ends the connection, which is destroyed only later.
    if (socket?.destroyed || socket?.writableEnded) breakOff(socket)
  }
}

/** Whether anything comes of an event: of an error without listeners, too. */
function isHeard(emitter: EventEmitter, event: unknown): boolean {
  return event === 'error' || count(emitter, event) > 0
}

function count(emitter: EventEmitter, event: unknown): number {
  return Reflect.apply(listenerCount, emitter, [event])
}

function end(serverSpan: ServerSpan | undefined): void {
  serverSpan?.finish(!serverSpan.sent)
}

function begin(req: IncomingMessage, res: ServerResponse, agent: InnerAgent): RequestScope | undefined {
  const scope = agent.begin(req, res)
  const serverSpan = scope?.request
  if (serverSpan !== undefined) serverSpan.hasNodesListener = count(res, 'finish') > 0
  // Until earlier answers on the connection are given, a response has no socket.
  if (serverSpan !== undefined && res.socket === null && req.socket !== null) wait(req.socket, serverSpan)
  return scope
}

function beginHandshake(req: IncomingMessage, socket: Duplex, agent: InnerAgent): RequestScope | undefined {
  const scope = agent.begin(req, undefined)
  const serverSpan = scope?.request
  if (serverSpan?.isTraced) watchHandshake(socket, serverSpan)
  return scope
}

type RequestScope = ServerSpan | Untraced
