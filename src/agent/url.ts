import { isSecret, REDACTED } from './secrets.js'
import { cut } from './text.js'

/** Query parameters that carry secrets in common APIs, though the words alone are harmless. */
const SECRET_PARAMETER = /^(auth|code|key)$/i
/** What of a query string may be sent: nothing, all but what looks like a secret, or everything. */
export type QueryMode = 'off' | 'redact' | 'full'

/** The target of a request as it may be shown: no credentials, at most 1,024 characters. Never throws on a malformed one. */
export function visibleUrl(url: string, query: QueryMode): string {
  const shown = url.startsWith('/') ? url : withoutCredentials(url)
  if (query === 'full') return cut(shown)
  const target = before(shown, '#')
  if (query === 'off') return cut(before(target, '?'))
  const kept = cut(target)
  const start = kept.indexOf('?') + 1
  if (start === 0) return kept
  return cut(kept.slice(0, start) + kept.slice(start).split('&').map(redactParameter).join('&'))
}

/** The target of a CONNECT is an authority, with no scheme. */
function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z\d+.-]*:\/{2,}|(?!\/))[^/?#]*@/i, '$1')
}

function before(text: string, mark: string): string {
  const at = text.indexOf(mark)
  return at === -1 ? text : text.slice(0, at)
}

/**
 * Everything left of the last `=` counts as the name: that finds the secret in `a=1;token=x`, which some frameworks
 * take for two parameters, and in a whole URL given as a value (`next=/login%3Ftoken%3Dx`).
 */
function redactParameter(parameter: string): string {
  const decoded = parameter.replace(/%([\da-f]{2})/gi, (_escape, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  const name = decoded.slice(0, Math.max(decoded.lastIndexOf('='), 0))
  if (!isSecret(name) && !SECRET_PARAMETER.test(name)) return parameter
  const equals = parameter.indexOf('=')
  return `${equals === -1 ? '' : parameter.slice(0, equals)}=${REDACTED}`
}
