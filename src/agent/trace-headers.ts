import { isToken } from './text.js'

const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
/** A signature of AWS is of all the headers that there are when a call is repeated. */
const AWS_AUTHORIZATION = /^AWS4-/
const AWS_QUERY = /[?&]X-Amz-Signature=/i
/** More are refused by Python's server; by Apache, Tomcat and gunicorn one later. */
const MOST_HEADERS = 99
/** Those that Node adds when it sends a call: `Connection`, and `Content-Length` or `Transfer-Encoding`. */
const HEADERS_OF_NODE = 2

/** What a call says of itself, as far as it matters to which headers may be added. */
export interface Head {
  readonly method: string
  readonly path: string
  /** In lower case. */
  readonly names: readonly string[]
  readonly authorization: string
}

/** Whether a call takes headers of ours: a signed one does not, and a CONNECT is for the proxy alone. */
export function isOpen({ method, path, authorization }: Head): boolean {
  return method !== 'CONNECT' && !AWS_QUERY.test(path) && !AWS_AUTHORIZATION.test(authorization)
}

/**
 * Those of our headers that may be added: none where the caller has set one that names a trace, none of a name that he
 * has set, none that Node would refuse, and none where all are more than a server may take.
 */
export function addable(ours: Readonly<Record<string, unknown>>, names: readonly string[]): [string, string][] {
  const headers: [name: string, value: string][] = []
  for (const name in ours) {
    const value = textOf(ours[name])
    const isTaken = names.includes(name.toLowerCase())
    if (isTaken && !isBaggage(name)) return []
    if (!isTaken && value !== undefined && isToken(name) && VALUE.test(value)) headers.push([name, value])
  }
  if (names.length + headers.length + HEADERS_OF_NODE > MOST_HEADERS) return []
  // Vendors' entries belong to the ids that came with them.
  return names.includes('tracestate') && 'traceparent' in ours ? [] : headers
}

/** Some tracers write numbers and booleans, which Node takes too. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? value : undefined
}

function isBaggage(name: string): boolean {
  return name === 'baggage' || name.startsWith('uberctx-')
}
