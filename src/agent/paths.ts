/** A path as it is, or a test of one. */
export type PathMatcher = string | ((path: string) => boolean)

/**
 * Parses an entry of `TRACE_EXCLUDE` or `TRACE_INCLUDE`: an exact path (`/metrics`), a glob (`/static/*`), or, as in
 * nginx, a regular expression after `~`, or after `~*` to ignore case. `undefined` if it is none of them.
 */
export function parsePath(entry: string): PathMatcher | undefined {
  if (entry.startsWith('~*')) return regularExpression(entry.slice(2).trim(), 'i')
  if (entry.startsWith('~')) return regularExpression(entry.slice(1).trim(), '')
  // Every path begins with a slash, but that of `OPTIONS *`; other entries would never match.
  if (!entry.startsWith('/') && !entry.startsWith('*')) return undefined
  return entry.includes('*') ? glob(entry) : entry
}

/** One test for a whole list; exact paths cost one look-up, however many there are. */
export function anyPath(matchers: readonly PathMatcher[]): (path: string) => boolean {
  const exact = new Set<string>()
  const tests: ((path: string) => boolean)[] = []
  for (const matcher of matchers) {
    if (typeof matcher === 'string') exact.add(matcher)
    else tests.push(matcher)
  }
  return (path) => {
    if (exact.has(path)) return true
    for (const test of tests) if (test(path)) return true
    return false
  }
}

/**
 * The path of a request's target: without query, percent-decoded once, raw where an escape is malformed.
 * Never throws: not every target is a URL (`*`, `//`, `http://[`).
 */
export function requestPath(url: string): string {
  const end = url.search(/[?#]/)
  const target = end === -1 ? url : url.slice(0, end)
  const path = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/]*/i, '') || '/'
  if (!path.includes('%')) return path
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function regularExpression(source: string, flags: string): PathMatcher | undefined {
  if (source === '') return undefined
  try {
    const expression = new RegExp(source, flags)
    return (path) => expression.test(path)
  } catch {
    return undefined
  }
}

/** A test of text in which `*` is any run of characters. Compares by hand: the regular expression for `/a*a*a*b` takes time that grows with a power of the path's length. */
export function glob(pattern: string): (text: string) => boolean {
  const [start = '', ...parts] = pattern.split('*')
  const end = parts.pop() ?? ''
  return (path) => {
    if (!path.startsWith(start) || !path.endsWith(end)) return false
    let from = start.length
    for (const part of parts) {
      const found = path.indexOf(part, from)
      if (found === -1) return false
      from = found + part.length
    }
    return from <= path.length - end.length
  }
}
