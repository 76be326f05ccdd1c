import { now } from '../../clock.js'
import { errorFields } from '../../errors.js'
import { safeValue } from '../../safe-value.js'
import { cut } from '../../text.js'
import type { Attributes, OtelSpan, OtelSpanContext } from './sdk.js'

/** In characters: the messages and stacks of errors. */
const LONGEST_STORY = 8_192
const EXCEPTION = 'exception'

/**
 * A span of the SDK as OpenTracing's shim fills it. The SDK drops what is no text, number or boolean, says so where the
 * app can hear it, and makes an error object of each call that comes too late; OpenTracing allows all of that.
 */
export class LenientSpan {
  private lastMessage: string | undefined

  constructor(
    private readonly span: OtelSpan,
    /** `SpanStatusCode.ERROR`. */
    private readonly errorCode: number,
  ) {}

  spanContext(): OtelSpanContext {
    return this.span.spanContext()
  }

  isRecording(): boolean {
    return this.span.isRecording()
  }

  setAttribute(key: string, value: unknown): this {
    const safe = safeValue(value)
    if (safe !== undefined && key !== '' && this.isRecording()) this.span.setAttribute(String(key), safe)
    return this
  }

  /** An error's event gets what the error itself says, where the app has logged no more than the error. */
  addEvent(name: unknown, payload?: unknown, time?: number): this {
    if (!this.isRecording()) return this
    const fields = name === EXCEPTION ? exceptionFields(payload) : payload
    const attributes = safeAttributes(isObject(fields) ? fields : { payload: fields })
    if (name === EXCEPTION) this.lastMessage = String(attributes['exception.message'] ?? '')
    this.span.addEvent(String(name), attributes, time ?? now())
    return this
  }

  recordException(message: string, time?: number): void {
    this.addEvent(EXCEPTION, { 'exception.message': message }, time)
  }

  setStatus({ code }: { code: number }): this {
    if (!this.isRecording()) return this
    const message = code === this.errorCode ? this.lastMessage : undefined
    this.span.setStatus(message ? { code, message } : { code })
    return this
  }

  updateName(name: unknown): this {
    if (this.isRecording()) this.span.updateName(String(name))
    return this
  }

  end(time?: number): void {
    if (this.isRecording()) this.span.end(time ?? now())
  }
}

/** The shim renames what of OpenTracing's fields has a name in OpenTelemetry, and hands on the rest. */
function exceptionFields(payload: unknown): object {
  if (!isObject(payload)) return {}
  const { event: _event, 'error.object': error, ...fields }: Attributes = { ...payload }
  if (error === undefined || 'exception.message' in fields) return fields
  const { 'error.kind': type, message, stack } = errorFields(error)
  return { 'exception.type': type, 'exception.message': message, 'exception.stacktrace': stack, ...fields }
}

function safeAttributes(fields: object): Attributes {
  const attributes: Attributes = {}
  for (const [key, value] of Object.entries(fields)) {
    const isStory = key.startsWith('exception.') && typeof value === 'string'
    const safe = isStory ? cut(value, LONGEST_STORY) : safeValue(value)
    if (safe !== undefined) attributes[key] = safe
  }
  return attributes
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
