import type { HostTest } from './hosts.js'
import { quote } from './log.js'
import {
  attribute,
  choice,
  flag,
  hosts,
  list,
  type Parser,
  type PathTest,
  paths,
  signal,
  statuses,
  text,
  wholeNumber,
} from './parsers.js'
import { serviceName } from './service-name.js'

/** One environment variable. */
export interface Option<Value = unknown> {
  readonly variable: string
  readonly takes: Parser<Value>
  /** What stands when the variable is not set, written as the variable would be. */
  readonly default: string
  /** One line for the user, in Markdown. */
  readonly help: string
}

/** Every option of the agent, by its name in `Config`. */
export const options = {
  enabled: option({
    variable: 'TRACE_ENABLED',
    takes: flag,
    default: 'true',
    help: '`false`: the agent does nothing',
  }),
  serviceName: option({
    variable: 'TRACE_SERVICE_NAME',
    takes: text,
    default: "`JAEGER_SERVICE_NAME`, `OTEL_SERVICE_NAME`, the `name` of the app's package.json, the script's file name",
    help: 'the name of the service',
  }),
  tracer: option({
    variable: 'TRACE_TRACER',
    takes: list(text),
    default: 'jaeger',
    help: "`jaeger`, `otlp`, `console`, `noop`, `global` (the app's own `opentracing.globalTracer()`), or a module or file that exports an OpenTracing tracer or a function that returns one",
  }),
  all: option({
    variable: 'TRACE_ALL',
    takes: flag,
    default: 'true',
    help: "`false`: only requests that `TRACE_INCLUDE` or the API's `trace()` picks",
  }),
  exclude: option<PathTest | undefined>({
    variable: 'TRACE_EXCLUDE',
    takes: paths,
    default: '',
    help: 'paths that are not traced, e.g. `/metrics,/static/*`',
  }),
  include: option<PathTest | undefined>({
    variable: 'TRACE_INCLUDE',
    takes: paths,
    default: '',
    help: 'where set, only these paths are traced; `TRACE_EXCLUDE` wins',
  }),
  tags: option({
    variable: 'TRACE_TAGS',
    takes: list(attribute),
    default: '',
    help: 'attributes of the request or response that are set as tags, e.g. `ip,tenant=user.tenantId`',
  }),
  operation: option({
    variable: 'TRACE_OPERATION',
    takes: choice('route', 'handler', 'method'),
    default: 'route',
    help: "the span's name: `route` (`GET /users/:id`), `handler` (the name of the handler function) or `method` (`GET`)",
  }),
  query: option({
    variable: 'TRACE_QUERY',
    takes: choice('off', 'redact', 'full'),
    default: 'off',
    help: 'what of the query string is kept in `http.url`: `off`, `redact` (all but the values of secret-looking keys) or `full`',
  }),
  errorStatus: option({
    variable: 'TRACE_ERROR_STATUS',
    takes: statuses,
    default: '500-599',
    help: 'statuses that mark the span of a request as an error, e.g. `404,500-599`',
  }),
  propagation: option({
    variable: 'TRACE_PROPAGATION',
    takes: list(choice('jaeger', 'w3c', 'b3', 'b3-single')),
    default: 'jaeger,w3c',
    help: 'header formats: `jaeger`, `w3c`, `b3`, `b3-single`; the first that is present and valid is read, all are written',
  }),
  incoming: option({
    variable: 'TRACE_INCOMING',
    takes: choice('continue', 'restart'),
    default: 'continue',
    help: '`restart`: what a client sends is not trusted; each request starts a new trace, and the tag `incoming.trace_id` keeps the id it came with',
  }),
  debugId: option({
    variable: 'TRACE_DEBUG_ID',
    takes: flag,
    default: 'false',
    help: '`true`: anyone who can send the header `jaeger-debug-id`, or the debug flag, can have a request sampled',
  }),
  client: option({
    variable: 'TRACE_CLIENT',
    takes: flag,
    default: 'true',
    help: 'outgoing `http`, `https`, `fetch` and undici calls get a span and carry the trace',
  }),
  clientExclude: option<HostTest | undefined>({
    variable: 'TRACE_CLIENT_EXCLUDE',
    takes: hosts,
    default: '',
    help: 'hosts whose calls get no span and no headers, e.g. `*.amazonaws.com,auth:8080`',
  }),
  hooks: option<string | undefined>({
    variable: 'TRACE_HOOKS',
    takes: text,
    default: '',
    help: 'a module that exports any of `onStart(span, req)`, `onFinish(span, req, res)` and `onCall(span, request)`',
  }),
  patches: option({
    variable: 'TRACE_PATCHES',
    takes: list(text),
    default: '',
    help: 'modules that export further patches',
  }),
  disable: option({
    variable: 'TRACE_DISABLE',
    takes: list(text),
    default: '',
    help: 'names of built-in patches to leave out: `http`, `http-client`, `undici`, `express`, `router`, `opentracing`',
  }),
  flushTimeout: option({
    variable: 'TRACE_FLUSH_TIMEOUT',
    takes: wholeNumber(0, 60_000),
    default: '1000',
    help: 'milliseconds, at most 60000, that an exit waits for the last spans',
  }),
  flushSignals: option({
    variable: 'TRACE_FLUSH_SIGNALS',
    takes: list(signal),
    default: '',
    help: 'signals on which the last spans are sent before the process ends, e.g. `SIGTERM`',
  }),
  debug: option({
    variable: 'TRACE_DEBUG',
    takes: flag,
    default: 'false',
    help: '`true`: says on stderr what the agent does',
  }),
}

/** What the user chose, read-only. The name of the service is looked up when first asked for. */
export type Config = Omit<Values, 'serviceName'> & { readonly serviceName: string }

/** Reads the options; `say` gets a line for each variable that is wrong, and its default stands. Never throws. */
export function readConfig(environment: NodeJS.ProcessEnv, say: (line: string) => void): Config {
  const values = new Map<string, unknown>()
  for (const [name, option] of Object.entries(options)) {
    // The first row is `enabled`: an agent that is switched off is silent.
    const isSilent = values.get('enabled') === false
    values.set(name, readOption(option, environment, isSilent ? () => {} : say))
  }
  let name: string | undefined
  return Object.freeze({
    ...(Object.fromEntries(values) as Values),
    get serviceName() {
      name ??= serviceName(environment, process.argv[1]).name
      return name
    },
  })
}

/** Reads one of them; `say` gets a line for what is wrong with it. Never throws. */
export function readOption(option: Option, environment: NodeJS.ProcessEnv, say: (line: string) => void): unknown {
  const { variable, takes } = option
  const fallback = () => takes.parse(option.default, () => {})
  const text = environment[variable]?.trim() ?? ''
  // Templates of deployments leave empty variables behind, and lists of nothing but commas.
  if (/^[\s,]*$/.test(text)) return fallback()

  const refused: string[] = []
  const value = takes.parse(text, (entry) => refused.push(entry))
  if (value === undefined) {
    say(`${variable}=${quote(text)} is not ${takes.allowed}; ${option.default ? `using ${option.default}` : 'ignored'}`)
    return fallback()
  }
  if (refused.length > 0) say(`${variable}: ${quote(refused.join(','))} is not ${takes.allowed}; using the rest`)
  return value
}

function option<Value>(option: Option<Value>): Option<Value> {
  return option
}

/** The values of all rows. */
type Values = {
  readonly [Name in keyof typeof options]: (typeof options)[Name] extends Option<infer Value> ? Value : never
}
