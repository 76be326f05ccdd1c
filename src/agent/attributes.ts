import { isAbsent, safeValue, type TagValue } from './safe-value.js'
import { isSecret, REDACTED } from './secrets.js'
import { type QueryMode, visibleUrl } from './url.js'

/** Would reach into the language instead of the request. */
const REFUSED_SEGMENTS = new Set(['__proto__', 'constructor', 'prototype'])

/** One entry of `TRACE_TAGS`, ready to be read from each request. */
export interface Attribute {
  /** The name of the tag. */
  readonly name: string
  readonly from: 'req' | 'res'
  readonly path: readonly string[]
  readonly kind: 'value' | 'header' | 'url' | 'secret'
}

/** Parses `ip`, `params.id`, `headers.x-request-id`, `res.locals.plan` or `tenant=user.tenantId`; `undefined` if it is none. */
export function parseAttribute(entry: string): Attribute | undefined {
  const [, alias, target = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(entry) ?? []
  const name = (alias ?? target).trim()
  const segments = target.trim().split('.')
  if (name === '' || REFUSED_SEGMENTS.has(name) || !segments.every(isSegment)) return undefined

  let from: Attribute['from'] = 'req'
  // `req.res` and `res.req` lead from one to the other, so any number of them may stand in front.
  for (let side = segments[0]; side === 'req' || side === 'res'; side = segments[0]) {
    from = side
    segments.shift()
  }
  const [first, ...rest] = segments
  if (first === undefined) return undefined
  const isHeader = first === 'headers' && rest.length > 0
  const path = isHeader ? [first, rest.join('.').toLowerCase()] : segments
  if ([...segments, segments.join('.')].some(isSecret)) return { name, from, path, kind: 'secret' }
  if (isHeader) return { name, from, path, kind: 'header' }
  const isUrl = rest.length === 0 && (first === 'url' || first === 'originalUrl')
  return { name, from, path, kind: isUrl ? 'url' : 'value' }
}

/**
 * Reads an attribute when the response is done, as a value that is safe to send.
 * Getters run, with their own object as `this`; one that throws counts as not there. Never throws.
 */
export function readAttribute(
  attribute: Attribute,
  req: object | undefined,
  res: object | undefined,
  query: QueryMode,
): TagValue | undefined {
  try {
    let value: unknown = attribute.from === 'req' ? req : res
    for (const segment of attribute.path) {
      if (!isObject(value)) return undefined
      value = Reflect.get(value, segment)
    }
    if (attribute.kind === 'secret') return isAbsent(value) ? undefined : REDACTED
    if (attribute.kind === 'url' && typeof value === 'string') value = visibleUrl(value, query)
    if (attribute.kind === 'header' && Array.isArray(value)) value = value.join(', ')
    return safeValue(value)
  } catch {
    return undefined
  }
}

function isSegment(segment: string): boolean {
  return /^[^\s\p{Cc}=()[\]{}"]+$/u.test(segment) && !REFUSED_SEGMENTS.has(segment)
}

/** Functions too: `req.app` is one. */
function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
