import type { JaegerLog, JaegerSpan } from '../../../../src/viewer/page/model/jaeger.js'
import type { TraceBuilder } from './builder.js'

/** A span at work, in whose time others can be made. Times are microseconds from the trace's start. */
export interface Work {
  readonly trace: TraceBuilder
  readonly service: string
  readonly start: number
  readonly duration: number
  readonly span?: JaegerSpan
}

/** A part of a span's time, from 0 to 1. */
export interface Share {
  readonly from: number
  readonly length: number
}

/** The span of a request that a service answers. */
export function serve(work: Work, operation: string, status = 200, logs: readonly JaegerLog[] = []): Work {
  const [method = 'GET', route] = operation.split(' ')
  const tags = {
    'span.kind': 'server',
    'http.method': method,
    'http.url': urlOf(work.service, route),
    component: 'express',
    ...(route === undefined ? {} : { 'http.route': route }),
    'http.status_code': status,
    ...(status >= 500 ? { error: true } : {}),
  }
  return begin(work, operation, tags, logs)
}

/** The two spans of a request from one service to another; answers the work of the other. */
export function call(
  caller: Work,
  service: string,
  operation: string,
  share: Share,
  status = 200,
  logs?: readonly JaegerLog[],
): Work {
  const [method = 'GET', route] = operation.split(' ')
  const tags = {
    'span.kind': 'client',
    'http.method': method,
    'http.url': urlOf(service, route),
    'peer.hostname': service,
    'peer.port': 3000,
    'http.status_code': status,
    ...(status >= 400 ? { error: true } : {}),
  }
  const client = begin(part(caller, share), method, tags)
  return serve({ ...part(client, { from: 0.07, length: 0.86 }), service }, operation, status, logs)
}

/** A call that leaves the services that are traced. */
export function request(caller: Work, operation: string, share: Share, tags: Readonly<Record<string, unknown>>): void {
  begin(part(caller, share), operation, { 'span.kind': 'client', ...tags })
}

/** A query of a database. */
export function query(caller: Work, operation: string, share: Share): void {
  const [verb = '', table = ''] = operation.split(' ')
  const statement = verb === 'SELECT' ? `SELECT * FROM ${table} WHERE id = $1` : `${verb} ${table} …`
  request(caller, operation, share, { 'db.type': 'sql', 'db.statement': statement, 'peer.service': 'postgres' })
}

function part(work: Work, { from, length }: Share): Work {
  return { ...work, start: work.start + work.duration * from, duration: work.duration * length }
}

function begin(
  work: Work,
  operation: string,
  tags: Readonly<Record<string, unknown>>,
  logs: readonly JaegerLog[] = [],
): Work {
  const { trace, service, span: parent } = work
  const [start, duration] = [Math.round(work.start), Math.round(work.duration)]
  const said = { service, operation, start, duration, tags, logs }
  return { ...work, span: trace.span(parent === undefined ? said : { ...said, parent }) }
}

function urlOf(service: string, route = '/nowhere'): string {
  return `http://${service}:3000${route.replace(/:(\w+)/g, (_, name: string) => (name === 'shop' ? 'berlin' : '1'))}`
}
