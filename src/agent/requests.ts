import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SpanContext } from 'opentracing'
import { now } from './clock.js'
import type { Config } from './config.js'
import { remember, type Scope, Untraced } from './context.js'
import { complain, reason } from './log.js'
import { requestPath } from './paths.js'
import type { Recorder, Tags } from './recorder.js'
import { ServerSpan } from './server-span.js'
import { visibleUrl } from './url.js'

const LONGEST_HOST = 255

/** Which incoming requests are traced, and how their spans begin. */
export class Requests {
  private readonly choosy: boolean

  constructor(
    private readonly config: Config,
    private readonly recorder: Recorder,
  ) {
    this.choosy = !config.all || config.include !== undefined || config.exclude !== undefined
  }

  /** The span of a request that has just arrived, or what stands for it when it is not to be traced. Never throws. */
  begin(req: IncomingMessage, res: ServerResponse | undefined): Scope | undefined {
    try {
      const isChosen = !this.choosy || this.isChosen(req)
      const scope = isChosen ? this.start(req, res) : this.passOn(req)
      if (scope !== undefined) remember(req, scope)
      return scope
    } catch (error) {
      complain('begin', `a request could not be traced: ${reason(error)}`)
      return undefined
    }
  }

  private isChosen(req: IncomingMessage): boolean {
    const { all, include, exclude } = this.config
    const path = requestPath(String(req.url))
    if (exclude?.(path)) return false
    return include === undefined ? all : include(path)
  }

  private start(req: IncomingMessage, res: ServerResponse | undefined): ServerSpan | undefined {
    const { config, recorder } = this
    const method = String(req.method)
    const tags: Tags = { 'span.kind': 'server', 'http.method': method, 'http.url': url(req, config) }
    const sender = recorder.extract(req.headers)
    const parent = config.incoming === 'continue' ? sender : undefined
    const senderId = config.incoming === 'restart' ? traceId(sender) : ''
    if (senderId !== '') tags['incoming.trace_id'] = senderId

    const startTime = now()
    const span = recorder.start(method, parent, startTime, tags)
    if (span === undefined) return undefined
    return new ServerSpan(span, req, res, method, startTime, config)
  }

  /** What is not traced is transparent: what it calls finds the sender of this request, if that is to be believed. */
  private passOn(req: IncomingMessage): Untraced {
    return new Untraced(this.config.incoming === 'continue' ? this.recorder.extract(req.headers) : undefined)
  }
}

/** Scheme, host and path; what of the query is shown is the user's choice. */
function url(req: IncomingMessage, { query }: Config): string {
  const target = visibleUrl(String(req.url), query)
  if (!target.startsWith('/') && target.includes('://')) return target
  const scheme = req.socket !== null && 'encrypted' in req.socket ? 'https' : 'http'
  return `${scheme}://${host(req)}${target.startsWith('/') ? '' : '/'}${target}`
}

/** What the client calls the server, without the credentials that no host name has. */
function host(req: IncomingMessage): string {
  const { host } = req.headers
  if (host === undefined) return localAddress(req)
  return host.slice(host.lastIndexOf('@') + 1).slice(0, LONGEST_HOST)
}

function localAddress({ socket }: IncomingMessage): string {
  const { localAddress = 'localhost', localPort } = socket ?? {}
  const name = localAddress.includes(':') ? `[${localAddress}]` : localAddress
  return localPort === undefined ? name : `${name}:${localPort}`
}

function traceId(sender: SpanContext | undefined): string {
  return String(sender?.toTraceId?.() ?? '').slice(0, 64)
}
