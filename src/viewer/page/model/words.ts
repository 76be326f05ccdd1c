/** What someone types to find traces: words, and tags as `key=value` or `key="a value"`. */
export interface Words {
  readonly tags: Readonly<Record<string, string>>
  readonly words: readonly string[]
}

const PART = /(?:[^\s"]|"(?:[^"\\]|\\.)*"?)+/gu

/** Reads it. Quotes keep blanks together; a backslash keeps what follows it as it is, inside of them. */
export function readWords(text: string): Words {
  const tags: [string, string][] = []
  const words: string[] = []
  for (const [part] of text.matchAll(PART)) {
    const [, key, value] = /^([^"=]+)=(.*)$/su.exec(part) ?? []
    if (key !== undefined && value !== undefined) tags.push([key, unquoted(value)])
    else words.push(unquoted(part))
  }
  return { tags: Object.fromEntries(tags), words: words.filter((word) => word !== '') }
}

/** A tag as `readWords` reads it. */
export function writeTag(key: string, value: string): string {
  return /[\s"]/u.test(value) || value === '' ? `${key}="${value.replace(/["\\]/gu, '\\$&')}"` : `${key}=${value}`
}

function unquoted(text: string): string {
  return text.replace(/"((?:[^"\\]|\\.)*)"?/gu, (_, inner: string) => inner.replace(/\\(.)/gsu, '$1'))
}
