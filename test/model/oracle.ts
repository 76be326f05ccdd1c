import type { ReceivedSpan } from '../helpers/decode.js'
import { type Ending, endingOf } from './ending.js'
import { kinOf } from './parents.js'
import type { Program, Request } from './program.js'
import { type Account, keyOf, keyOfSpan, type Run } from './run.js'
import { isAnsweredLate, isForked, routesOf } from './way.js'

/** What Express itself throws where it is asked to go on after an answer. */
const TOO_LATE = /^Cannot (set|remove|write) headers after they are sent/

/** What the spans of a run say that its program, and the app's own account of it, do not; empty where all is well. */
export function mismatches(run: Run): string[] {
  const { id, program, seen, accounts, spans, calls } = run
  const found: string[] = []
  for (const [index, { requests, cut }] of program.connections.entries()) {
    for (const [at, request] of requests.entries()) {
      const key = keyOf(id, index, at)
      const say = (message: string) => found.push(`${key} ${request.method} ${request.path}: ${message}`)
      const account = accounts.get(key)
      const status = seen[index]?.statuses[at]
      if (account !== undefined) {
        const own = spans.filter((span) => keyOfSpan(span) === key)
        new Check(program, request, account, own, calls.get(key) ?? [], say).all(status)
      } else if (at === 0 && seen[index]?.hasAsked && cut === undefined) say('the app never saw it')
    }
  }
  for (const span of spans) {
    if (!accounts.has(keyOfSpan(span)))
      found.push(`a span of no request: ${span.operationName} ${span.tags['http.url']}`)
  }
  return found
}

/** The check of one request. */
class Check {
  private readonly ending: Ending
  private readonly traceId: string
  private readonly spanId: string

  constructor(
    private readonly program: Program,
    private readonly request: Request,
    private readonly account: Account,
    private readonly spans: readonly ReceivedSpan[],
    private readonly calls: readonly string[],
    private readonly say: (message: string) => void,
  ) {
    const [first, note] = account.events
    this.ending = endingOf(account)
    this.traceId = plain(first?.[1])
    this.spanId = plain(note?.[2])
  }

  /** `status` is what the client got as a whole answer, if it did. */
  all(status: number | undefined): void {
    const { events } = this.account
    const head = events.find(([what]) => what === 'head')?.[1]
    // Node itself answers 400 where a client goes on after `Connection: close`.
    if (status !== undefined && events.some(([what]) => what === 'finish'))
      this.same('what the client got', status, head)
    this.context()
    this.numbers()
    this.outgoing()
    for (const span of this.ofKind('server')) this.server(span)
  }

  /** Every place of the app that belongs to a request finds its span, until that is over, and never another. */
  private context(): void {
    for (const [index, [what, place, id, byRequest]] of this.account.events.entries()) {
      const wanted = index < this.ending.over ? this.spanId : 'none'
      if (what === 'note') this.same(`the span at ${place}`, [plain(id), plain(byRequest)], [wanted, wanted])
    }
  }

  private numbers(): void {
    const { account, request, calls } = this
    const made = account.events.filter(([what]) => what === 'call').length
    const isKept = kinOf(request.parent) !== 'not sampled'
    this.same('spans of the request', this.ofKind('server').length, isKept ? 1 : 0)
    this.same('spans of its calls', this.ofKind('client').length, isKept ? made : 0)
    this.same('calls', calls.length, made)
  }

  private outgoing(): void {
    const flags = kinOf(this.request.parent) === 'not sampled' ? '0' : '1'
    const callers = this.calls.map((header) => header.split(':').map(plain))
    for (const [trace, , parent, sampled] of callers)
      this.same('the header of a call', [trace, parent, sampled], [this.traceId, this.spanId, flags])
    for (const span of this.ofKind('client')) {
      this.same('the parent of a call', [span.traceId, span.parentId], [this.traceId, this.spanId])
      if (!callers.some(([, id]) => id === span.spanId)) this.say('no call came with the id of its span')
    }
  }

  private server(span: ReceivedSpan): void {
    const { program, request, account, ending } = this
    const { method, path, parent } = request
    const { tags } = span
    const isChild = kinOf(parent) !== 'root'
    this.same('ids', [span.traceId, span.spanId], [this.traceId, this.spanId])
    this.same('the parent', span.parentId, isChild ? plain(parent.spanId) : '0')
    this.same('whether the trace goes on', span.traceId === plain(parent.traceId), isChild)
    this.same('method and URL', [tags['http.method'], tags['http.url']], [method, `http://test${path}`])
    this.same('the component', tags.component, program.stack === 'http' ? 'http' : 'express')
    this.same('whose it is', tags.mine, account.key)
    if (!ending.isBroken) this.same('the status', tags['http.status_code'], ending.status)
    this.same('whether it was aborted', tags['http.aborted'] === true, ending.aborted)
    this.same('logs of an abort', span.logs.filter(({ event }) => event === 'aborted').length, ending.aborted ? 1 : 0)
    this.route(span)
    this.errors(span)
  }

  private route({ operationName, tags }: ReceivedSpan): void {
    const { program, request, account, ending } = this
    const route = tags['http.route']
    this.same('the name', operationName, route === undefined ? request.method : `${request.method} ${route}`)
    if (program.stack === 'http') {
      this.same('the route', route, undefined)
      return
    }
    // Express 4 tries routes of other methods for a HEAD, and calls no handler of theirs: it may be at one at the end.
    const isOvertaken = ending.aborted || isAnsweredLate(account.events) || isForked(account.events)
    if (ending.isVague || (request.method === 'HEAD' && isOvertaken)) return
    const routes: ReadonlySet<unknown> = routesOf(program.layers, account.events.slice(0, ending.over))
    if (!routes.has(route)) this.say(`the route: ${route}, not ${[...routes].join(' or ')}`)
  }

  /** Each error that the app gave to Express is told once; one may be too late where something else ends the request. */
  private errors({ logs, tags }: ReceivedSpan): void {
    const { events } = this.account
    const logged = logs.filter(({ event }) => event === 'error')
    const status = tags['http.status_code']
    this.same('error', tags.error === true, typeof status === 'number' ? status >= 500 : logged.length > 0)

    const told = logged.map(({ message }) => String(message)).filter((message) => !TOO_LATE.test(message))
    const before = events.slice(0, this.ending.over)
    const raised = this.program.stack === 'http' ? [] : before.flatMap(errorsOf)
    const isLate = this.ending.aborted || isForked(events) || before.some(([what]) => what === 'answers')
    if (isLate ? !isWithin(told, raised) : told.join() !== raised.join())
      this.say(`errors: ${told.join()}, not ${raised.join()}`)
  }

  private ofKind(kind: string): ReceivedSpan[] {
    return this.spans.filter(({ tags }) => tags['span.kind'] === kind)
  }

  private same(what: string, actual: unknown, wanted: unknown): void {
    const [one, other] = [JSON.stringify(actual), JSON.stringify(wanted)]
    if (one !== other) this.say(`${what}: ${one}, not ${other}`)
  }
}

function errorsOf([what, , message]: readonly unknown[]): string[] {
  return what === 'error' && message !== undefined && !TOO_LATE.test(String(message)) ? [String(message)] : []
}

/** Whether some texts are among others in the same order. */
function isWithin(some: readonly string[], all: readonly string[]): boolean {
  let next = 0
  for (const text of all) if (text === some[next]) next++
  return next === some.length
}

/** An id as it is compared: in lower case, without leading zeros. */
function plain(id: unknown): string {
  return String(id)
    .toLowerCase()
    .replace(/^0+(?=.)/, '')
}
