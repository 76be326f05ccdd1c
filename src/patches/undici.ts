import type diagnostics from 'node:diagnostics_channel'
import type { Channel, ChannelListener } from 'node:diagnostics_channel'
import type { BuiltInPatch, InnerAgent } from '../agent/built-in.js'
import { context, type Scope } from '../agent/context.js'
import { hostName } from '../agent/hosts.js'
import { complain, reason } from '../agent/log.js'
import { callOf, noteCall } from '../agent/noted-call.js'
import type { Head } from '../agent/trace-headers.js'
import { wrap } from '../agent/wrap.js'

const SWITCHING_PROTOCOLS = 101

/** Node forgets channels that nobody holds, and their subscribers with them. */
const channels: Channel[] = []

/**
 * `fetch` and the package `undici`, which announce what they do.
 * https://github.com/nodejs/undici/blob/main/docs/docs/api/DiagnosticsChannel.md
 */
export const undici: BuiltInPatch<typeof diagnostics> = {
  module: 'diagnostics_channel',
  name: 'undici',
  wanted: ({ client }) => client,

  patch({ channel }, agent) {
    on('create', ({ request }) => create(request, agent))
    on('bodyChunkReceived', ({ request }) => callOf(request)?.goesOn())
    on('headers', ({ request, response }) => {
      const status = Number(response?.statusCode)
      if (status === SWITCHING_PROTOCOLS || status >= 200)
        callOf(request)?.answered(
          status,
          () => locationIn(response?.headers),
          () => false,
        )
    })
    on('bodySent', ({ request }) => {
      // undici 5 tells nothing of what becomes of these.
      if (request.upgrade || request.method === 'CONNECT') callOf(request)?.leave()
    })
    on('trailers', ({ request }) => callOf(request)?.finish())
    on('error', ({ request, error }) => {
      const call = callOf(request)
      call?.fail(error)
      call?.finish()
    })

    /** A subscriber that throws would end the process. */
    function on(event: string, handle: (message: Message) => void): void {
      const subscribed = channel(`undici:request:${event}`)
      channels.push(subscribed)
      subscribed.subscribe(((message: Message) => {
        try {
          handle(message)
        } catch (error) {
          complain('undici', `a call could not be traced: ${reason(error)}`)
        }
      }) as ChannelListener)
    }
  },
}

/**
 * A pool with few connections lets a call wait, and dispatches it in the context of the call that made room for it.
 * Each kind of dispatcher hands the same handler on to the next.
 */
export const undiciDispatchers: readonly BuiltInPatch<DispatcherFunction>[] = [
  { file: 'lib/dispatcher-base', versions: '>=5 <6' },
  { file: 'lib/dispatcher/dispatcher-base', versions: '>=6 <9' },
].map((release) => ({ module: 'undici', wanted: ({ client }) => client, patch: patchDispatcher, ...release }))

/** By handler. */
const callers = new WeakMap<object, { readonly scope: Scope | undefined }>()

function patchDispatcher({ prototype }: DispatcherFunction): void {
  wrap(prototype, 'dispatch', (dispatch) => {
    return function (...args) {
      const [, handler] = args
      if (typeof handler !== 'object' || handler === null) return Reflect.apply(dispatch, this, args)
      const caller = callers.get(handler)
      if (caller !== undefined) return context.run(caller.scope, Reflect.apply, dispatch, this, args)
      callers.set(handler, { scope: context.getStore() })
      return Reflect.apply(dispatch, this, args)
    }
  })
}

function create(request: Request, agent: InnerAgent): void {
  const { origin, method, path } = request
  const { protocol, hostname, port } = new URL(String(origin))
  const scheme = protocol === 'https:' ? 'https' : 'http'
  const target = {
    component: 'undici',
    method: String(method),
    scheme,
    host: hostName(hostname),
    port: Number(port) || (scheme === 'https' ? 443 : 80),
    path: String(path),
    isLocal: false,
  } as const
  const call = agent.call(target, request)
  if (call === undefined) return
  // undici's own request: each hop of a redirect is one.
  noteCall(request, call)
  for (const [name, value] of call.headers(headOf(request))) addHeader(request, name, value)
}

function addHeader(request: Request, name: string, value: string): void {
  // undici 6.11.0 has no such method.
  if (typeof request.addHeader === 'function') request.addHeader(name, value)
  else if (Array.isArray(request.headers)) request.headers.push(name, value)
}

/** undici 5 has a text of lines, later ones a flat list. */
function headOf({ method, path, headers }: Request): Head {
  const list =
    typeof headers === 'string' ? headers.split('\r\n').flatMap((line) => line.split(/: (.*)/s, 2)) : (headers ?? [])
  const names = list.filter((_, index) => index % 2 === 0).map((name) => String(name).toLowerCase())
  return {
    method: String(method),
    path: String(path),
    names,
    authorization: String(list[names.indexOf('authorization') * 2 + 1] ?? ''),
  }
}

/** Names and values by turns, as bytes. */
function locationIn(headers: readonly unknown[] = []): unknown {
  const at = headers.findIndex((name, index) => index % 2 === 0 && String(name).toLowerCase() === 'location')
  return at === -1 ? undefined : headers[at + 1]
}

interface DispatcherFunction {
  readonly prototype: object
}

interface Message {
  readonly request: Request
  readonly response?: { readonly statusCode: number; readonly headers?: readonly unknown[] }
  readonly error?: unknown
}

interface Request {
  readonly origin: unknown
  readonly method: unknown
  readonly path: unknown
  readonly headers: string | unknown[] | undefined
  readonly upgrade?: unknown
  addHeader?(name: string, value: string): unknown
}
