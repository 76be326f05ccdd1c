import { safeValue } from './safe-value.js'

/**
 * The fields of an error's log, by OpenTracing's semantic conventions. Never throws, whatever was thrown.
 * https://github.com/opentracing/specification/blob/master/semantic_conventions.md#log-fields-table
 */
export function errorFields(error: unknown): ErrorFields {
  const fields: ErrorFields = { event: 'error', 'error.kind': typeof error, 'error.object': error }
  try {
    if (!(error instanceof Error) && !looksLikeError(error)) {
      fields.message = String(safeValue(error) ?? error)
      return fields
    }
    fields['error.kind'] = kind(error)
    fields.message = String(error.message)
    if (typeof error.stack === 'string') fields.stack = error.stack
  } catch {
    // A getter or a proxy of the app that throws: what is known so far has to do.
  }
  return fields
}

/** An error of another realm (a `vm` context, a test runner), which `instanceof` does not know. */
function looksLikeError(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'message' in value && 'stack' in value
}

/** The class of an error: many classes never set `name`. */
function kind(error: Error): string {
  const { name } = error
  return name && name !== 'Error' ? String(name) : String(error.constructor?.name || 'Error')
}

interface ErrorFields extends Record<string, unknown> {
  event: 'error'
  'error.kind': string
  'error.object': unknown
  message?: string
  stack?: string
}
