/** An object of JSON, of which nothing is known. */
export type JsonObject = Readonly<Record<string, unknown>>

const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b]
/** Three bytes can become an object of sixty. */
const MOST_VALUES = 3_000_000

/** The value that a body of JSON stands for; `undefined` where it is none, or has too many parts. Never throws. */
export function parseBody(body: Buffer): unknown {
  let values = 0
  for (const byte of body) if (byte === COMMA || byte === BRACKET || byte === BRACE) values++
  return values > MOST_VALUES ? undefined : parseJson(body.toString('utf8'))
}

/** The value that a text of JSON stands for; `undefined` where it is none. Never throws. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What is no object is an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** The objects of an array; what is no array has none. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** What is no text is an empty one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** What is no number is 0. */
export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

/** A whole number that may be written as text, being too long for a number of JavaScript; 0 where it is none. */
export function integerOf(value: unknown): bigint {
  if (typeof value === 'number') return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n
  return /^-?\d{1,20}$/.test(textOf(value)) ? BigInt(textOf(value)) : 0n
}
