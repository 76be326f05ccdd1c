import type { Span } from '../store/span.js'
import { fromOtlp } from './from-otlp.js'
import { DEEPEST, decode, Input, Malformed } from './input.js'
import type { Attribute, AttributeValue, OtlpSpan, ResourceSpans } from './otlp.js'
import {
  bytesAt,
  doubleAt,
  fixed64At,
  type Message,
  messageAt,
  messagesAt,
  readMessage,
  textAt,
  varintAt,
} from './protobuf.js'

/** The spans of an `ExportTraceServiceRequest` in Protocol Buffers; `undefined` where it is malformed. */
export function decodeOtlpProtobuf(body: Buffer): Span[] | undefined {
  return decode(() => fromOtlp(messagesAt(readMessage(new Input(body)), 1).map(resourceSpansOf)))
}

// The numbers are those of the definition's fields.

function resourceSpansOf(message: Message): ResourceSpans {
  return {
    resource: attributesAt(messageAt(message, 1), 1),
    scopes: messagesAt(message, 2).map((scopeSpans) => {
      const scope = messageAt(scopeSpans, 1)
      return { name: textAt(scope, 1), version: textAt(scope, 2), spans: messagesAt(scopeSpans, 2).map(spanOf) }
    }),
  }
}

function spanOf(span: Message): OtlpSpan {
  const status = messageAt(span, 15)
  return {
    traceId: idAt(span, 1, 16),
    spanId: idAt(span, 2, 8),
    traceState: textAt(span, 3),
    parentSpanId: bytesAt(span, 4).length === 0 ? '' : idAt(span, 4, 8),
    name: textAt(span, 5),
    kind: Number(varintAt(span, 6)),
    start: fixed64At(span, 7),
    end: fixed64At(span, 8),
    attributes: attributesAt(span, 9),
    events: messagesAt(span, 11).map((event) => ({
      time: fixed64At(event, 1),
      name: textAt(event, 2),
      attributes: attributesAt(event, 3),
    })),
    links: messagesAt(span, 13).map((link) => ({
      traceId: idAt(link, 1, 16),
      spanId: idAt(link, 2, 8),
      attributes: attributesAt(link, 4),
    })),
    status: { message: textAt(status, 2), code: Number(varintAt(status, 3)) },
  }
}

function attributesAt(message: Message, number: number, depth = 0): Attribute[] {
  return messagesAt(message, number).map((attribute) => ({
    key: textAt(attribute, 1),
    value: attributeValueOf(messageAt(attribute, 2), depth + 1),
  }))
}

function attributeValueOf(value: Message, depth: number): AttributeValue {
  if (depth > DEEPEST) throw new Malformed()
  // One of these was set.
  if (value.has(1)) return textAt(value, 1)
  if (value.has(2)) return varintAt(value, 2) !== 0n
  if (value.has(3)) return BigInt.asIntN(64, varintAt(value, 3))
  if (value.has(4)) return doubleAt(value, 4)
  if (value.has(5)) return messagesAt(messageAt(value, 5), 1).map((element) => attributeValueOf(element, depth + 1))
  if (value.has(6)) return { attributes: attributesAt(messageAt(value, 6), 1, depth) }
  return value.has(7) ? { base64: bytesAt(value, 7).digits('base64') } : undefined
}

function idAt(message: Message, number: number, length: number): string {
  const id = bytesAt(message, number)
  if (id.length !== length) throw new Malformed()
  return id.digits('hex')
}
