import { readFileSync } from 'node:fs'
import { quote, say } from '../../log.js'
import { isToken } from '../../text.js'
import type { Credentials } from '../http.js'
import { type Kind, milliseconds, trueOrFalse, Variables, wholeNumber } from '../variables.js'
import type { ReadableSpan } from './sdk.js'

/** What the environment says of where the spans go, and how. */
export interface OtlpEnvironment {
  readonly disabled: boolean
  readonly protocol: Protocol
  readonly endpoint: URL
  readonly headers: Readonly<Record<string, string>>
  readonly credentials: Credentials
  readonly compress: boolean
  /** Milliseconds in which the endpoint has to answer. */
  readonly timeout: number
  /** Milliseconds between two sends. */
  readonly delay: number
  readonly mostSpans: number
  readonly mostSpansOfMessage: number
}

/** Finished spans as the bytes of a message. Throws what is wrong with them. */
export type Serialize = (spans: readonly ReadableSpan[]) => Buffer

export type Protocol = 'http/protobuf' | 'http/json' | 'grpc'

/** Who gets the spans, as it is called in a line for the user. */
export const NAME = 'OTLP collector'

const PREFIX = 'OTEL_EXPORTER_OTLP_'
/** The SDK waits for five seconds; but a signal that ends the process takes along what one delay has gathered. */
const DELAY = 250

/**
 * Reads OpenTelemetry's own variables, those for traces before those for all signals. Of a bad one, the user is told
 * and the default stands. Never throws.
 * https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function readEnvironment(environment: NodeJS.ProcessEnv): OtlpEnvironment {
  const variables = new Variables(environment)
  const read = <Value>(kind: Kind<Value>, byDefault: Value, name: string) =>
    variables.read(kind, byDefault, `${PREFIX}TRACES_${name}`, `${PREFIX}${name}`)
  const protocol = read(protocolNamed, 'http/protobuf', 'PROTOCOL')
  const mostSpans = variables.read(count, 2_048, 'OTEL_BSP_MAX_QUEUE_SIZE')
  return {
    disabled: variables.read(trueOrFalse, false, 'OTEL_SDK_DISABLED'),
    protocol,
    endpoint: endpoint(variables, protocol),
    headers: { ...headers(environment, `${PREFIX}HEADERS`), ...headers(environment, `${PREFIX}TRACES_HEADERS`) },
    credentials: {
      ca: read(file, undefined, 'CERTIFICATE'),
      cert: read(file, undefined, 'CLIENT_CERTIFICATE'),
      key: read(file, undefined, 'CLIENT_KEY'),
    },
    compress: read(compression, 'none', 'COMPRESSION') === 'gzip',
    timeout: Math.min(
      read(milliseconds, 10_000, 'TIMEOUT'),
      variables.read(milliseconds, 30_000, 'OTEL_BSP_EXPORT_TIMEOUT'),
    ),
    delay: variables.read(milliseconds, DELAY, 'OTEL_BSP_SCHEDULE_DELAY'),
    mostSpans,
    mostSpansOfMessage: Math.min(mostSpans, variables.read(count, 512, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE')),
  }
}

/** The one for traces is taken as it is; the other one is where the paths of all signals begin. */
function endpoint(variables: Variables, protocol: Protocol): URL {
  const exact = variables.read(url, undefined, `${PREFIX}TRACES_ENDPOINT`)
  if (exact !== undefined) return exact
  const port = protocol === 'grpc' ? 4317 : 4318
  const base = variables.read(url, new URL(`http://127.0.0.1:${port}`), `${PREFIX}ENDPOINT`)
  if (protocol !== 'grpc') base.pathname = `${base.pathname.replace(/\/$/, '')}/v1/traces`
  return base
}

/** `name=value` pairs, the values percent-encoded. They can be secrets: no value is ever said. */
function headers(environment: NodeJS.ProcessEnv, variable: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const entry of (environment[variable] ?? '').split(',')) {
    if (entry.trim() === '') continue
    const equals = entry.indexOf('=')
    const name = entry.slice(0, Math.max(equals, 0)).trim()
    const value = decode(entry.slice(equals + 1).trim())
    if (isToken(name) && value !== undefined) found[name] = value
    else say(`${variable}: the entry ${quote(name)} is not name=value; using the other entries`)
  }
  return found
}

/** `undefined` for what cannot be the value of a header. */
function decode(text: string): string | undefined {
  try {
    const value = decodeURIComponent(text)
    return /^[\t\x20-\x7e\x80-\xff]*$/.test(value) ? value : undefined
  } catch {
    return undefined
  }
}

const protocolNamed: Kind<Protocol> = {
  allowed: 'http/protobuf, http/json or grpc',
  parse: (text) => (['http/protobuf', 'http/json', 'grpc'] as const).find((name) => name === text.toLowerCase()),
}

const compression: Kind<'gzip' | 'none'> = {
  allowed: 'gzip or none',
  parse: (text) => (['gzip', 'none'] as const).find((name) => name === text.toLowerCase()),
}

const url: Kind<URL> = {
  allowed: 'an http or https URL',
  instead: 'this machine',
  parse(text) {
    try {
      const url = new URL(text)
      return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined
    } catch {
      return undefined
    }
  },
}

const count: Kind<number> = {
  allowed: 'a whole number from 1 to 1000000',
  parse: (text) => wholeNumber(text, 1, 1_000_000),
}

const file: Kind<Buffer | undefined> = {
  allowed: 'a file that can be read',
  instead: 'none',
  parse(text) {
    try {
      return readFileSync(text)
    } catch {
      return undefined
    }
  },
}
