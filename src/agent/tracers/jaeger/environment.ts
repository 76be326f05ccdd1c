import { host, type Kind, milliseconds, port, trueOrFalse, Variables } from '../variables.js'
import type { Family } from './address.js'

/** What the environment says of where the spans go, and how. */
export interface JaegerEnvironment {
  disabled: boolean
  agentHost: string
  agentPort: number
  family: Family
  /** Where it is set, spans go there over HTTP instead of to the agent. */
  endpoint: URL | undefined
  /** `user:password` for the endpoint. */
  auth: string | undefined
  /** Milliseconds in which the endpoint has to answer. */
  timeout: number
  /** Milliseconds. */
  flushInterval: number
  logSpans: boolean
}

/**
 * Reads jaeger-client's own variables. Of a bad one, the user is told and the default stands. Never throws.
 * https://github.com/jaegertracing/jaeger-client-node#environment-variables
 */
export function readEnvironment(environment: NodeJS.ProcessEnv): JaegerEnvironment {
  const variables = new Variables(environment)
  const url = variables.read(endpoint, undefined, 'JAEGER_ENDPOINT', 'JAEGER_REPORTER_ENDPOINT')
  const user = variables.text('JAEGER_USER', 'JAEGER_REPORTER_USER')
  const password = variables.text('JAEGER_PASSWORD', 'JAEGER_REPORTER_PASSWORD')
  return {
    disabled:
      variables.read(trueOrFalse, false, 'JAEGER_DISABLED') || variables.read(trueOrFalse, false, 'JAEGER_DISABLE'),
    agentHost: variables.read(host, '127.0.0.1', 'JAEGER_AGENT_HOST', 'JAEGER_REPORTER_AGENT_HOST'),
    agentPort: variables.read(port, 6832, 'JAEGER_AGENT_PORT', 'JAEGER_REPORTER_AGENT_PORT'),
    family: variables.read(socketType, 0, 'JAEGER_AGENT_SOCKET_TYPE'),
    endpoint: url && withoutCredentials(url),
    auth: user && password ? `${user}:${password}` : url && credentials(url),
    timeout: variables.read(milliseconds, 5_000, 'JAEGER_REPORTER_TIMEOUT'),
    flushInterval: variables.read(milliseconds, 250, 'JAEGER_REPORTER_FLUSH_INTERVAL'),
    logSpans: variables.read(anythingButFalse, false, 'JAEGER_REPORTER_LOG_SPANS'),
  }
}

const socketType: Kind<Family> = {
  allowed: 'udp4 or udp6',
  instead: 'what fits the host',
  parse: (text) => (({ udp4: 4, udp6: 6 }) as const)[text.toLowerCase()],
}

const endpoint: Kind<URL> = {
  allowed: 'an http or https URL',
  instead: 'UDP',
  parse(text) {
    try {
      const url = new URL(text)
      if (url.pathname === '/') url.pathname = '/api/traces'
      return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined
    } catch {
      return undefined
    }
  },
}

/** To jaeger-client any text is true, `false` too. */
const anythingButFalse: Kind<boolean> = {
  allowed: 'true or false',
  parse: (text) => !/^(false|0|no|off)$/i.test(text),
}

function withoutCredentials(url: URL): URL {
  const copy = new URL(url)
  copy.username = ''
  copy.password = ''
  return copy
}

function credentials({ username, password }: URL): string | undefined {
  return username === '' && password === '' ? undefined : `${decode(username)}:${decode(password)}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
