import type { JaegerLog, JaegerTag } from './jaeger.js'

/** An error that a span has logged, by the names of OpenTracing or of OpenTelemetry. */
export interface Failure {
  /** Microseconds since the epoch. */
  readonly time: number
  readonly kind: string
  readonly message: string
  readonly stack: string
  /** What else the log says. */
  readonly rest: readonly JaegerTag[]
}

const names = {
  kind: ['error.kind', 'exception.type'],
  message: ['message', 'exception.message'],
  stack: ['stack', 'exception.stacktrace'],
}
const implied = new Set(['event', 'error.object', 'level', ...Object.values(names).flat()])

/** The error that a log tells of; `undefined` for any other log. */
export function readFailure({ timestamp, fields }: JaegerLog): Failure | undefined {
  const read = (wanted: readonly string[]) => String(fields.find(({ key }) => wanted.includes(key))?.value ?? '')
  const event = read(['event'])
  const [kind, message, stack] = [read(names.kind), read(names.message), read(names.stack)]
  if (event !== 'error' && event !== 'exception' && stack === '' && kind === '') return undefined
  const rest = fields.filter(({ key }) => !implied.has(key))
  return { time: timestamp, kind: kind || 'Error', message, stack, rest }
}
