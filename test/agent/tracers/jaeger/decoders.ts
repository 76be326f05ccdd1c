import assert from 'node:assert/strict'
import * as apache from './apache-decoder.js'
import * as thriftrw from './thriftrw-decoder.js'

/** A tag as both decoders show it. */
export type TagValue = string | number | boolean | Buffer

export interface DecodedSpan {
  traceIdLow: string
  traceIdHigh: string
  spanId: string
  parentSpanId: string
  operationName: string
  references: { refType: number; traceIdLow: string; traceIdHigh: string; spanId: string }[]
  flags: number
  /** Microseconds. */
  startTime: number
  duration: number
  tags: [string, TagValue][]
  logs: { timestamp: number; fields: [string, TagValue][] }[]
}

export interface DecodedBatch {
  process: { serviceName: string; tags: [string, TagValue][] }
  spans: DecodedSpan[]
}

/** Decodes a UDP packet with two libraries that know nothing of each other, and answers what they agree on. */
export function decodePacket(packet: Buffer): DecodedBatch {
  const batch = apache.decodeCall(packet)
  assert.deepEqual(thriftrw.decodeCall(packet), batch)
  return batch
}

/** The same for the body of a POST. */
export function decodeBody(body: Buffer): DecodedBatch {
  const batch = apache.decodeBatch(body)
  assert.deepEqual(thriftrw.decodeBatch(body), batch)
  return batch
}
