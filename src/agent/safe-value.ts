import { isSecret, REDACTED } from './secrets.js'
import { cut, LONGEST_TEXT } from './text.js'

const MOST_ITEMS = 50
const DEEPEST = 3
const UNREADABLE = '[unreadable]'

/** What can be sent as the value of a tag. */
export type TagValue = string | number | boolean

/**
 * Any value as one that every tracer can send, at most 1,024 characters long; `undefined` for what says nothing.
 * Objects become JSON of bounded depth, width and cost that runs no getter and no `toJSON`. Never throws.
 */
export function safeValue(value: unknown): TagValue | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (isAbsent(value)) return undefined
  try {
    if (typeof value !== 'object' || value === null) return cut(textOf(value))
    return cut(plainText(value) ?? json(value, [], LONGEST_TEXT))
  } catch {
    return UNREADABLE
  }
}

/** What says nothing as a value. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '' || typeof value === 'function'
}

/** Objects that are better told as text than as JSON. */
function plainText(value: object): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (value instanceof Error) return `${cut(String(value.name))}: ${cut(String(value.message))}`
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  return undefined
}

function textOf(value: unknown): string {
  // The digits of a huge bigint take seconds to compute.
  if (typeof value === 'bigint' && BigInt.asIntN(4_096, value) !== value) return '[bigint]'
  return String(value)
}

/** JSON of about `room` characters at most: what does not fit is left out, so the text may end in the middle. */
function json(value: unknown, ancestors: readonly object[], room: number): string {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return JSON.stringify(value)
  if (typeof value !== 'object') return JSON.stringify(cut(textOf(value), room))
  if (ancestors.includes(value)) return '"[circular]"'
  try {
    const text = plainText(value)
    if (text !== undefined) return JSON.stringify(text)
    const isArray = Array.isArray(value)
    if (ancestors.length === DEEPEST) return isArray ? '"[array]"' : '"[object]"'
    return isArray ? arrayJson(value, [...ancestors, value], room) : objectJson(value, [...ancestors, value], room)
  } catch {
    return `"${UNREADABLE}"`
  }
}

function arrayJson(array: readonly unknown[], ancestors: readonly object[], room: number): string {
  let text = '['
  for (let index = 0; index < array.length && text.length < room; index++) {
    if (index > 0) text += ','
    if (index === MOST_ITEMS) return `${text}…]`
    text += propertyJson(array, String(index), ancestors, room - text.length) ?? 'null'
  }
  return `${text}]`
}

function objectJson(object: object, ancestors: readonly object[], room: number): string {
  let text = '{'
  let count = 0
  for (const key in object) {
    if (!Object.hasOwn(object, key)) break
    if (count++ === MOST_ITEMS) return `${text},…}`
    const value = isSecret(key) ? `"${REDACTED}"` : propertyJson(object, key, ancestors, room - text.length)
    if (value === undefined) continue
    text += `${text === '{' ? '' : ','}${JSON.stringify(cut(key))}:${value}`
    if (text.length >= room) break
  }
  return `${text}}`
}

/** `undefined` for what JSON leaves out. */
function propertyJson(holder: object, key: string, ancestors: readonly object[], room: number): string | undefined {
  const property = Object.getOwnPropertyDescriptor(holder, key)
  if (property === undefined) return undefined
  if (!('value' in property)) return '"[getter]"'
  const value: unknown = property.value
  if (value === undefined || typeof value === 'function') return undefined
  return json(value, ancestors, room)
}
