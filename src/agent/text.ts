/** In characters: what stands in a tag is for people to read. */
export const LONGEST_TEXT = 1_024

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/

/** Whether a text may be the name of a header. https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
export function isToken(text: string): boolean {
  return TOKEN.test(text)
}

/** Text of at most `length` characters, with no half of a surrogate pair at its end. */
export function cut(text: string, length = LONGEST_TEXT): string {
  if (text.length <= length) return text
  const last = text.charCodeAt(length - 1)
  const isHalfAPair = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, isHalfAPair ? length - 1 : length)
}

/** An id in hex with its leading zeros. jaeger-client leaves them out, others do not: a trace is to have one name. */
export function wholeId(id: string): string {
  return id.padStart(id.length > 16 ? 32 : 16, '0')
}
