import type { Finding } from './finding.js'
import { linesAbout, withoutName } from './options.js'
import { shown } from './redact.js'

/** The port of Jaeger's clients in other languages. */
const COMPACT_PORT = '6831'

/** Puts a watch on the environment: the names of the variables that are read from now on, as they are. */
export function watchReads(): ReadonlySet<string> {
  const read = new Set<string>()
  process.env = new Proxy(process.env, {
    get(environment, name) {
      read.add(String(name))
      return Reflect.get(environment, name)
    },
  })
  return read
}

/** Jaeger's and OpenTelemetry's variables that are set, and whether the tracer has `read` them. */
export function variableFindings(
  environment: NodeJS.ProcessEnv,
  read: ReadonlySet<string>,
  said: readonly string[],
): Finding[] {
  const names = Object.keys(environment).filter((name) => /^(JAEGER|OTEL)_/.test(name) && environment[name])
  return names.sort().flatMap((subject): Finding[] => {
    const value = shown(subject, environment[subject] ?? '')
    const complaints = linesAbout(subject, said)
    if (complaints.length > 0)
      return complaints.map((line) => ({ grade: 'doubt', subject, text: withoutName(subject, line) }))
    if (!read.has(subject)) return [{ grade: 'doubt', subject, text: `${value} has no effect: nothing reads it` }]
    const doubt = doubtAbout(subject, environment)
    return [{ grade: doubt === '' ? 'good' : 'doubt', subject, text: `${value}${doubt}` }]
  })
}

/** What is allowed, and still seldom meant. */
function doubtAbout(variable: string, environment: NodeJS.ProcessEnv): string {
  if (variable.startsWith('JAEGER_AGENT_') && environment.JAEGER_ENDPOINT)
    return ' has no effect beside JAEGER_ENDPOINT'
  if (variable === 'JAEGER_AGENT_PORT' && environment[variable] === COMPACT_PORT)
    return ' is where Jaeger takes compact Thrift, and drops the binary Thrift that it gets: that goes to 6832'
  return ''
}
