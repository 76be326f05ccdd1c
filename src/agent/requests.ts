import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SpanContext } from 'opentracing'
import type { Attribute } from './attributes.js'
import type { Config } from './config.js'
import { remember, serverSpanOf, Untraced } from './context.js'
import { complain, reason } from './log.js'
import { requestPath } from './paths.js'
import type { Recorder, Tags } from './recorder.js'
import { ServerSpan, type Settings } from './server-span.js'
import { visibleUrl } from './url.js'

const LONGEST_HOST = 255

/** Which incoming requests are traced, and how their spans begin. */
export class Requests {
  private readonly config: Config
  private readonly isChoosy: boolean

  constructor(
    private readonly settings: Settings,
    private readonly recorder: Recorder,
  ) {
    this.config = settings.config
    const { all, include, exclude } = settings.config
    this.isChoosy = !all || include !== undefined || exclude !== undefined
  }

  /** The span of a request that has just arrived, or what stands for it when it is not to be traced. Never throws. */
  begin(req: IncomingMessage, res: ServerResponse | undefined): ServerSpan | Untraced | undefined {
    try {
      const choice = this.isChoosy ? this.choose(req) : 'traced'
      const sender = this.recorder.extract(req.headers)
      const believed = this.config.incoming === 'continue' ? sender : undefined
      if (choice === 'untraced') return remember(req, new Untraced(believed))
      const serverSpan = remember(req, new ServerSpan(req, res, String(req.method), believed, this.settings))
      if (choice === 'traced') this.start(serverSpan, req, sender)
      return serverSpan
    } catch (error) {
      complain('begin', `a request could not be traced: ${reason(error)}`)
      return undefined
    }
  }

  /**
   * The app chooses a request, which gets a span unless it has one, and asks for attributes of it as tags. Does nothing
   * for a request that an option excludes, nor for one that is over. Never throws.
   */
  trace(req: unknown, attributes: readonly Attribute[]): void {
    const serverSpan = serverSpanOf(req)
    if (serverSpan?.req === undefined) return
    serverSpan.tag(attributes)
    if (serverSpan.isTraced) return
    try {
      this.start(serverSpan, serverSpan.req, this.recorder.extract(serverSpan.req.headers))
    } catch (error) {
      complain('begin', `a request could not be traced: ${reason(error)}`)
    }
  }

  private choose(req: IncomingMessage): 'traced' | 'untraced' | 'on demand' {
    const { all, include, exclude } = this.config
    const path = requestPath(String(req.url))
    if (exclude?.(path)) return 'untraced'
    if (include === undefined ? all : include(path)) return 'traced'
    return all ? 'untraced' : 'on demand'
  }

  private start(serverSpan: ServerSpan, req: IncomingMessage, sender: SpanContext | undefined): void {
    const { config, recorder } = this
    const { method, startTime } = serverSpan
    const tags: Tags = { 'span.kind': 'server', 'http.method': method, 'http.url': url(req, config) }
    const senderId = config.incoming === 'restart' ? traceId(sender) : ''
    if (senderId !== '') tags['incoming.trace_id'] = senderId

    const span = recorder.start(method, serverSpan.sender, startTime, tags)
    if (span === undefined) return
    serverSpan.start(span)
    this.settings.hooks?.onStart(serverSpan, req)
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
  return (host.includes('@') ? host.slice(host.lastIndexOf('@') + 1) : host).slice(0, LONGEST_HOST)
}

function localAddress({ socket }: IncomingMessage): string {
  const { localAddress = 'localhost', localPort } = socket ?? {}
  const name = localAddress.includes(':') ? `[${localAddress}]` : localAddress
  return localPort === undefined ? name : `${name}:${localPort}`
}

/** Some tracers tell an id of zeros where a sender names no trace. */
function traceId(sender: SpanContext | undefined): string {
  const id = String(sender?.toTraceId?.() ?? '').slice(0, 64)
  return /^0+$/.test(id) ? '' : id
}
