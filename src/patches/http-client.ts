import type http from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { BuiltInPatch, InnerAgent } from '../agent/built-in.js'
import type { ClientSpan } from '../agent/client-span.js'
import { hostName } from '../agent/hosts.js'
import { complain, reason } from '../agent/log.js'
import { callOf, noteCall } from '../agent/noted-call.js'
import type { Method } from '../agent/patch.js'
import type { Head } from '../agent/trace-headers.js'
import { wrap } from '../agent/wrap.js'

/**
 * Outgoing calls of `http` and `https`. All of them, however they are made, are a `ClientRequest`, whose constructor
 * hands it to an agent, and whose head is rendered by `_storeHeader` (http-proxy-agent and the like rely on both).
 * Wrapping there leaves the functions that an app calls, its options and its headers untouched, needs no `https` to be
 * loaded, and sees what ES modules have imported.
 */
export const httpClient: BuiltInPatch<typeof http> = {
  module: 'http',
  name: 'http-client',
  wanted: ({ client }) => client,

  patch({ Agent: HttpAgent, ClientRequest, IncomingMessage, OutgoingMessage }, agent) {
    const prototype = genuine(ClientRequest.prototype, OutgoingMessage.prototype)
    wrap<http.Agent>(HttpAgent.prototype, 'addRequest', (addRequest) => {
      return function (...args) {
        const [req, options] = args
        if (!isRequest(req)) return Reflect.apply(addRequest, this, args)
        const port = portOf(options)
        const call = knownOrBegun(req, port, agent)
        if (call === null) return Reflect.apply(addRequest, this, args)
        call.locate(port)
        return applyFor(call, addRequest, this, args)
      }
    })

    wrap<ClientRequest>(prototype, '_storeHeader', (storeHeader) => {
      return function (...args) {
        const call = knownOrBegun(this, undefined, agent)
        if (call === null) return Reflect.apply(storeHeader, this, args)
        const own = args[1]
        const ours = headersFor(this, own, call)
        args[1] = rendered(own, ours)
        try {
          return applyFor(call, storeHeader, this, args)
        } finally {
          // The app goes on to see its own headers alone.
          if (args[1] === own) takeOut(own, ours)
        }
      }
    })

    // No listener is added: one for `response` or `upgrade` changes what Node does, one for `error` hides a crash.
    wrap<ClientRequest>(prototype, 'emit', (emit) => {
      return function (...args) {
        const [event] = args
        if (isTelling(event)) observe(this, event, args[1])
        return Reflect.apply(emit, this, args)
      }
    })

    wrap<IncomingMessage>(IncomingMessage.prototype, 'emit', (emit) => {
      return function (...args) {
        const [event] = args
        if (event === 'end' || event === 'error' || event === 'close') observeAnswer(this, event, args[1])
        return Reflect.apply(emit, this, args)
      }
    })
  },
}

/** What libraries that mock requests put in the place of Node's class inherits from it. */
function genuine(prototype: object, parent: object): object {
  const next: unknown = Object.getPrototypeOf(prototype)
  return next === parent || typeof next !== 'object' || next === null ? prototype : genuine(next, parent)
}

function isRequest(req: unknown): req is ClientRequest {
  return typeof req === 'object' && req !== null && '_implicitHeader' in req
}

function knownOrBegun(req: ClientRequest, port: number | undefined, agent: InnerAgent): ClientSpan | null {
  const call = callOf(req)
  return call === undefined ? begin(req, port, agent) : call
}

/** Never throws: what a mock lets pass for a request may lack anything. */
function begin(req: ClientRequest, port: number | undefined, agent: InnerAgent): ClientSpan | null {
  let call: ClientSpan | undefined
  try {
    call = typeof req.host === 'string' ? start(req, port, agent) : undefined
  } catch (error) {
    complain('call', `a call could not be traced: ${reason(error)}`)
  }
  noteCall(req, call ?? null)
  return call ?? null
}

function start(req: ClientRequest, port: number | undefined, agent: InnerAgent): ClientSpan | undefined {
  const { method, protocol, host, path } = req
  const target = {
    component: 'http',
    method,
    scheme: protocol === 'https:' ? 'https' : 'http',
    host: hostName(host),
    port: port ?? portOfHostHeader(req),
    path,
    // Of a request to a socket's file, Node says that it is to localhost.
    isLocal: 'socketPath' in req && typeof req.socketPath === 'string',
  } as const
  return agent.call(target, req)
}

/** Does what Node does to get a call under way, which throws what it does not like. */
function applyFor(call: ClientSpan, method: Method, self: unknown, args: unknown[]): unknown {
  let returned = false
  try {
    const result = Reflect.apply(method, self, args)
    returned = true
    return result
  } finally {
    // Not `catch`: an error that is thrown again reports our line as its origin when it ends the process.
    if (!returned) call.finish()
  }
}

/** Ours, for the head that is about to be rendered. */
function headersFor(req: ClientRequest, headers: unknown, call: ClientSpan): Headers {
  const isList = Array.isArray(headers)
  // Node is about to refuse it, and shows it.
  if (isList && !Array.isArray(headers[0]) && headers.length % 2 !== 0) return []
  try {
    if (isList) return call.headers(headOfList(req, headers))
    return call.headers(isMap(headers) ? headOfMap(req, headers) : headOf(req))
  } catch (error) {
    complain('headers', `a call does not carry its trace: ${reason(error)}`)
    return []
  }
}

/** The headers to render, with ours: a copy of the caller's own list. Node's map of what was set has ours for a while. */
function rendered(headers: unknown, ours: Headers): unknown {
  if (ours.length === 0) return headers
  if (Array.isArray(headers)) return headers.concat(Array.isArray(headers[0]) ? ours : ours.flat())
  // Where no header was set, Node has no map of them yet.
  if (!isMap(headers)) return Object.assign({}, headers, Object.fromEntries(ours))
  for (const header of ours) headers[header[0].toLowerCase()] = header
  return headers
}

function takeOut(headers: unknown, ours: Headers): void {
  if (isMap(headers)) for (const [name] of ours) delete headers[name.toLowerCase()]
}

/** Node's own: by name in lower case, the name as it was given and the value. */
function isMap(headers: unknown): headers is HeaderMap {
  return typeof headers === 'object' && headers !== null && Object.getPrototypeOf(headers) === null
}

/** Whether an event of a request says what became of it: most do not, and it takes long to know a request. */
function isTelling(event: unknown): event is Telling {
  return event === 'response' || event === 'close' || event === 'error' || event === 'upgrade' || event === 'connect'
}

function observe(req: ClientRequest, event: Telling, subject: unknown): void {
  const call = callOf(req)
  if (!call) return
  switch (event) {
    case 'response':
      place(call, req)
      if (!isResponse(subject)) break
      noteCall(subject, call)
      call.answered(
        Number(subject.statusCode),
        // Node parses headers when they are first read, and the app may change them before.
        () => subject.headers?.location,
        () => isRead(subject),
      )
      break
    case 'upgrade':
    case 'connect':
      place(call, req)
      if (isResponse(subject)) call.answered(Number(subject.statusCode), nowhere, isHandedOver)
      call.finish()
      break
    case 'error':
      call.locate(portOf(subject))
      call.fail(subject)
      call.finish()
      break
    case 'close':
      if (!call.isAnswered) call.finish()
  }
}

function nowhere(): undefined {}

function isHandedOver(): boolean {
  return true
}

/** Asked only where it is not known: the socket asks the system, and keeps the answer where the app can see it. */
function place(call: ClientSpan, req: ClientRequest): void {
  if (!call.isPlaced) call.locate(req.socket?.remotePort)
}

function observeAnswer(res: IncomingMessage, event: 'end' | 'error' | 'close', error: unknown): void {
  const call = callOf(res)
  if (!call) return
  if (event === 'error') call.fail(error)
  // Without a listener there is no event for the error, though it is noted.
  else if (event === 'close' && !res.complete && res.errored) call.fail(res.errored)
  call.finish()
}

function isResponse(subject: unknown): subject is IncomingMessage {
  return typeof subject === 'object' && subject !== null && 'statusCode' in subject
}

/** Whether the end of the body will be seen. */
function isRead(res: IncomingMessage): boolean {
  return res.readableFlowing === true || res.readableDidRead || res.listenerCount('readable') > 0
}

function headOfMap(req: ClientRequest, map: HeaderMap): Head {
  return head(req, Object.keys(map), String(map.authorization?.[1] ?? ''))
}

function headOf(req: ClientRequest): Head {
  const authorization = req.getHeader('authorization')
  return head(req, req.getHeaderNames(), authorization === undefined ? '' : String(authorization))
}

/** Flat, or as pairs. */
function headOfList(req: ClientRequest, list: readonly unknown[]): Head {
  const flat = Array.isArray(list[0]) ? list.flat() : list
  const names = flat.filter((_, index) => index % 2 === 0).map((name) => String(name).toLowerCase())
  return head(req, names, String(flat[names.indexOf('authorization') * 2 + 1] ?? ''))
}

function head({ method, path }: ClientRequest, names: readonly string[], authorization: string): Head {
  return { method, path, names, authorization }
}

/** Node writes the port into the header `host` unless it is the usual one; a caller may have written another host there. */
function portOfHostHeader(req: ClientRequest): number | undefined {
  const { host } = req
  const header = String(req.getHeader('host') ?? '')
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  if (!header.startsWith(name)) return undefined
  if (header === name) return defaultPort(req)
  return header[name.length] === ':' ? portOf({ port: header.slice(name.length + 1) }) : undefined
}

function defaultPort(req: ClientRequest & { agent?: { defaultPort?: unknown } | null }): number {
  return Number(req.agent?.defaultPort) || (req.protocol === 'https:' ? 443 : 80)
}

/** That of options, or of an error. */
function portOf(holder: unknown): number | undefined {
  if (typeof holder !== 'object' || holder === null || !('port' in holder)) return undefined
  const port = Number(holder.port)
  return Number.isInteger(port) && port > 0 ? port : undefined
}

type Telling = 'response' | 'close' | 'error' | 'upgrade' | 'connect'
type Headers = readonly (readonly [name: string, value: string])[]
type HeaderMap = Record<string, Headers[number]>
