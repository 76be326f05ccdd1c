import { isToken } from '../text.js'
/** The most characters of baggage that are read, and that W3C's list is written with. */
export const MOST_BAGGAGE_BYTES = 8_192

/** What baggage is where none came. */
export const NO_BAGGAGE: Readonly<Record<string, string>> = Object.freeze(Object.create(null))

const MOST_ENTRIES = 64
const ESCAPE = /%([\da-f]{2})/gi

/** Entries as they are read, as many as may be kept: each that is malformed is left out alone. */
export class Baggage {
  private kept: Record<string, string> | undefined
  private count = 0
  private bytes = 0

  get entries(): Readonly<Record<string, string>> {
    return this.kept ?? NO_BAGGAGE
  }

  /** Adds an entry whose value is percent-encoded. */
  add(key: string, text: string): void {
    const bytes = this.bytes + key.length + text.length
    if (this.count === MOST_ENTRIES || bytes > MOST_BAGGAGE_BYTES || !isToken(key)) return
    const value = decode(text)
    if (value === undefined) return

    // Without a prototype: `__proto__` is a key like any other.
    const kept: Record<string, string> = this.kept ?? Object.create(null)
    kept[key] = value
    this.kept = kept
    this.bytes = bytes
    this.count++
  }
}

/** The key and the value of each entry of `key1=value1, key2=value2`, without the blanks around them. */
export function* listEntries(list: string): Generator<readonly [key: string, value: string]> {
  const entries = list.slice(0, MOST_BAGGAGE_BYTES + 1).split(',', MOST_ENTRIES)
  if (list.length > MOST_BAGGAGE_BYTES) entries.pop()
  for (const entry of entries) {
    const equals = entry.indexOf('=')
    if (equals !== -1) yield [entry.slice(0, equals).trim(), entry.slice(equals + 1).trim()]
  }
}

/** `undefined` for what has no text, such as half a surrogate pair. */
export function encodeBaggage(value: unknown): string | undefined {
  try {
    return encodeURIComponent(String(value))
  } catch {
    return undefined
  }
}

/** `undefined` for a malformed escape; what is no UTF-8 becomes U+FFFD, as W3C has it. */
function decode(text: string): string | undefined {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replace(ESCAPE, '').includes('%') ? undefined : decodeBytes(text)
  }
}

function decodeBytes(text: string): string {
  const bytes = Buffer.from(text).toString('latin1')
  const unescaped = bytes.replace(ESCAPE, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(unescaped, 'latin1').toString()
}
