import { cut } from './text.js'

/** Stands in for the value of what looks like a secret. */
export const REDACTED = '[redacted]'

/** What stands for a secret wherever it occurs in a name: `x-api-key`, `dbPassword`, `JSESSIONID`; not `tokenizer`. */
const SECRET_PART =
  /authorization|cookie|pass(w|phrase|code)|pwd|secret(?!ar)|token(?!i[sz])|credential|bearer|jwt|[cx]srf|signature|(api|access|private|encryption|signing|ssh)key|sess(ion)?id/
/** Too short to be looked for inside others (`bypass`, `outside`): these count as a word of their own, as in `db_pass`. */
const SECRET_WORD = /(^|-)(pass|sid|sig|otp|cvv)(-|$)/
/** Properties of Node's requests and responses that hold all headers in one, secret ones among them. */
const ALL_HEADERS = new Set(['rawHeaders', 'rawTrailers', '_header'])

/** Whether what bears this name, a header, a property or a query parameter, must not be sent in clear. */
export function isSecret(name: string): boolean {
  if (ALL_HEADERS.has(name)) return true
  const words = cut(name)
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
  return SECRET_WORD.test(words) || SECRET_PART.test(words.replaceAll('-', ''))
}
