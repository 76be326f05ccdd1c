import { elapsed } from './clock.js'
import { context, type Scope } from './context.js'

/** How soon a client follows a redirect, in milliseconds. */
const SOON = 10_000
const MOST_EXPECTED = 100

/** A URL that a call without headers of ours was sent on to, by the code that made that call. */
interface Expected {
  readonly url: string
  readonly scope: Scope | undefined
  readonly until: number
}

let expected: Expected[] = []

/** A call that got no headers is sent on: where that leads to another origin, the next one is to get none either. */
export function expectRedirect(from: string, location: string, scope: Scope | undefined): void {
  const source = new URL(from)
  const target = new URL(location, source)
  if (target.origin === source.origin) return
  target.hash = target.username = target.password = ''
  const now = elapsed()
  expected = expected.filter(({ until }) => until > now).slice(1 - MOST_EXPECTED)
  expected.push({ url: target.href, scope, until: now + SOON })
}

/** Whether a call is the next one of such a redirect. Fetch and its like make it anew, with nothing that tells of the first. */
export function isExpected(url: () => string): boolean {
  if (expected.length === 0) return false
  const { href } = new URL(url())
  const scope = context.getStore()
  const now = elapsed()
  const at = expected.findIndex((redirect) => redirect.url === href && redirect.scope === scope && redirect.until > now)
  if (at !== -1) expected.splice(at, 1)
  return at !== -1
}
