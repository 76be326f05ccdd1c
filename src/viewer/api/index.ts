import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Counts, totals } from '../counts.js'
import { fromJaegerJson } from '../decoders/jaeger-json.js'
import { parseBody } from '../decoders/json.js'
import { type Intake, Refusal } from '../http/intake.js'
import type { Store } from '../store/store.js'
import type { Trace } from '../store/trace.js'
import { showTrace } from './answer.js'
import { dependenciesOf } from './dependencies.js'
import { Live } from './live.js'
import { BadQuery, readQuery, traceId, wholeNumber } from './query.js'
import { all, failed, type Reply, send } from './reply.js'
import { search } from './search.js'

const JAEGER_LIMIT = 100
const SUMMARIES_LIMIT = 1_000

/** One question: what the path's variable part says, and the parameters. */
type Answer = (parameters: URLSearchParams, part: string) => Reply

/** Jaeger's query API, and what the page needs beyond it. */
export class Api {
  private readonly live: Live
  private readonly questions: readonly (readonly [path: RegExp, answer: Answer])[] = [
    [/^\/api\/services$/, () => all(this.store.operations.serviceNames)],
    [/^\/api\/services\/([^/]+)\/operations$/, (_, service) => all(this.namesOf(service))],
    [/^\/api\/operations$/, (parameters) => this.operations(parameters)],
    [/^\/api\/traces$/, (parameters) => this.traces(parameters)],
    [/^\/api\/traces\/([^/]+)$/, (_, id) => this.trace(traceId(id))],
    [/^\/api\/dependencies$/, (parameters) => this.dependencies(parameters)],
    [/^\/api\/summaries$/, (parameters) => this.summaries(parameters)],
  ]

  constructor(
    private readonly store: Store,
    private readonly counts: Counts,
    private readonly intake: Intake,
  ) {
    this.live = new Live(store, counts)
  }

  async answer(req: IncomingMessage, res: ServerResponse, { pathname, searchParams }: URL): Promise<void> {
    if (pathname === '/api/traces' && req.method === 'POST') return this.upload(req, res)
    if (pathname === '/api/traces' && req.method === 'DELETE') {
      this.store.clear()
      return send(res, all([]))
    }
    if (req.method !== 'GET' && req.method !== 'HEAD') return send(res, failed(405, 'method not allowed'))
    if (pathname === '/api/live' && req.method === 'GET') {
      if (!this.live.add(res)) await send(res, failed(503, 'too many pages are open'))
      return
    }
    if (pathname === '/api/counts') {
      res.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
      res.end(JSON.stringify(totals(this.store, this.counts)))
      return
    }
    return send(res, this.reply(pathname, searchParams))
  }

  private reply(path: string, parameters: URLSearchParams): Reply {
    for (const [pattern, answer] of this.questions) {
      const match = pattern.exec(path)
      if (match === null) continue
      try {
        return answer(parameters, decoded(match[1] ?? ''))
      } catch (error) {
        if (error instanceof BadQuery) return failed(400, error.message)
        throw error
      }
    }
    return failed(404, 'not found')
  }

  private namesOf(service: string): string[] {
    return [...new Set(this.store.operations.of(service).map(({ name }) => name))]
  }

  private operations(parameters: URLSearchParams): Reply {
    const service = parameters.get('service') ?? ''
    if (service === '') throw new BadQuery("parameter 'service' is required")
    const kind = parameters.get('spanKind') ?? ''
    return all(this.store.operations.of(service).filter(({ spanKind }) => kind === '' || spanKind === kind))
  }

  private traces(parameters: URLSearchParams): Reply {
    const query = readQuery(parameters, JAEGER_LIMIT)
    if (query.traceIDs.size > 0) return this.tracesById(query.traceIDs)
    if (query.service === '') throw new BadQuery("parameter 'service' is required")
    return { data: shown(search(this.store, query)) }
  }

  private tracesById(ids: ReadonlySet<string>): Reply {
    const found = [...ids].flatMap((id) => this.store.trace(id) ?? [])
    const missing = [...ids].filter((traceID) => this.store.trace(traceID) === undefined)
    const errors = missing.map((traceID) => ({ msg: 'trace not found', traceID }))
    return { data: shown(found), ...(errors.length === 0 ? {} : { errors }) }
  }

  private trace(id: string): Reply {
    const trace = this.store.trace(id)
    return trace === undefined ? failed(404, 'trace not found') : { data: shown([trace]) }
  }

  /** Milliseconds here, where all else is microseconds. Without a word on time, all that is held counts. */
  private dependencies(parameters: URLSearchParams): Reply {
    const end = (wholeNumber(parameters, 'endTs') ?? Number.POSITIVE_INFINITY) * 1_000
    const lookback = (wholeNumber(parameters, 'lookback') ?? Number.POSITIVE_INFINITY) * 1_000
    const from = (Number.isFinite(end) ? end : Date.now() * 1_000) - lookback
    return { data: dependenciesOf(this.store, from, end) }
  }

  private summaries(parameters: URLSearchParams): Reply {
    const found = search(this.store, readQuery(parameters, SUMMARIES_LIMIT))
    return { data: found.map(({ summary }) => summary), more: { counts: totals(this.store, this.counts) } }
  }

  /** Takes in a file that the page was given. */
  private async upload(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const body = await this.intake.read(req)
    if (body instanceof Refusal) return send(res, failed(body.status, body.reason))
    const spans = fromJaegerJson(parseBody(body))
    if (spans === undefined) {
      this.counts.malformed++
      return send(res, failed(400, "this is no file of Jaeger's"))
    }
    this.store.add(spans)
    const ids = [...new Set(spans.map(({ traceID }) => traceID))]
    return send(res, all(ids))
  }
}

function* shown(traces: readonly Trace[]): Generator<unknown> {
  for (const trace of traces) yield showTrace(trace)
}

/** As Jaeger reads it: a plus is a space. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    throw new BadQuery('malformed escape in the path')
  }
}
