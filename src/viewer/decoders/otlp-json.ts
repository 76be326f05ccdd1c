import type { Span } from '../store/span.js'
import { fromOtlp } from './from-otlp.js'
import { DEEPEST, decode, Malformed } from './input.js'
import { integerOf, isObject, type JsonObject, numberOf, objectOf, objectsOf, parseBody, textOf } from './json.js'
import type { Attribute, AttributeValue, OtlpSpan } from './otlp.js'

/**
 * The spans of an `ExportTraceServiceRequest` in JSON; `undefined` where it is malformed.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function decodeOtlpJson(body: Buffer): Span[] | undefined {
  const request = parseBody(body)
  return isObject(request) ? fromOtlpJson(request) : undefined
}

export function fromOtlpJson({ resourceSpans }: JsonObject): Span[] | undefined {
  return decode(() =>
    fromOtlp(
      objectsOf(resourceSpans).map(({ resource, scopeSpans }) => ({
        resource: attributesOf(objectOf(resource).attributes),
        scopes: objectsOf(scopeSpans).map(({ scope, spans }) => ({
          name: textOf(objectOf(scope).name),
          version: textOf(objectOf(scope).version),
          spans: objectsOf(spans).map(spanOf),
        })),
      })),
    ),
  )
}

function spanOf(span: JsonObject): OtlpSpan {
  const { message, code } = objectOf(span.status)
  return {
    traceId: idOf(span.traceId, 32),
    spanId: idOf(span.spanId, 16),
    parentSpanId: textOf(span.parentSpanId) === '' ? '' : idOf(span.parentSpanId, 16),
    traceState: textOf(span.traceState),
    name: textOf(span.name),
    kind: numberOf(span.kind),
    start: integerOf(span.startTimeUnixNano),
    end: integerOf(span.endTimeUnixNano),
    attributes: attributesOf(span.attributes),
    events: objectsOf(span.events).map((event) => ({
      time: integerOf(event.timeUnixNano),
      name: textOf(event.name),
      attributes: attributesOf(event.attributes),
    })),
    links: objectsOf(span.links).map((link) => ({
      traceId: idOf(link.traceId, 32),
      spanId: idOf(link.spanId, 16),
      attributes: attributesOf(link.attributes),
    })),
    status: { message: textOf(message), code: numberOf(code) },
  }
}

function attributesOf(attributes: unknown, depth = 0): Attribute[] {
  return objectsOf(attributes).map(({ key, value }) => ({
    key: textOf(key),
    value: attributeValueOf(objectOf(value), depth + 1),
  }))
}

function attributeValueOf(value: JsonObject, depth: number): AttributeValue {
  if (depth > DEEPEST) throw new Malformed()
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = value
  if (stringValue !== undefined) return textOf(stringValue)
  if (boolValue !== undefined) return boolValue === true
  if (intValue !== undefined) return integerOf(intValue)
  // NaN and the infinities are text.
  if (doubleValue !== undefined) return Number(doubleValue)
  if (bytesValue !== undefined) return { base64: textOf(bytesValue) }
  if (arrayValue !== undefined)
    return objectsOf(objectOf(arrayValue).values).map((element) => attributeValueOf(element, depth + 1))
  if (kvlistValue !== undefined) return { attributes: attributesOf(objectOf(kvlistValue).values, depth) }
  return undefined
}

function idOf(id: unknown, length: number): string {
  const text = textOf(id)
  if (text.length !== length || !/^[\da-f]+$/i.test(text)) throw new Malformed()
  return text.toLowerCase()
}
