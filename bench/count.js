// Counts what arrived at a sink, once the load is over: requests whose span is there, by the format it came in.
const { gunzipSync, inflateSync } = require('node:zlib')
const { decodeBatch, decodePacket } = require('../dist/src/viewer/decoders/jaeger-thrift.js')
const { decodeOtlpProtobuf } = require('../dist/src/viewer/decoders/otlp-protobuf.js')

/** By the path that they are posted to. */
const counters = {
  '/api/traces': ({ body }) => serverSpans(decodeBatch(body)),
  '/v1/traces': ({ body }) => serverSpans(decodeOtlpProtobuf(body)),
  '/v0.4/traces': ({ headers }) => Number(headers['x-datadog-trace-count']),
  '/v0.5/traces': ({ headers }) => Number(headers['x-datadog-trace-count']),
  '/intake/v2/events': ({ headers, body }) => transactions(plain(body, headers['content-encoding'])),
}

/** Requests whose span is among these messages. A message that cannot be read throws. */
function countRequests(messages) {
  let count = 0
  for (const message of messages) {
    const counter = message.path === undefined ? undefined : counters[message.path]
    if (message.path === undefined) count += serverSpans(decodePacket(message.body))
    else if (counter !== undefined) count += counter(message)
  }
  return count
}

function serverSpans(spans) {
  return spans.filter(({ tags }) => tags.some(({ key, value }) => key === 'span.kind' && value === 'server')).length
}

function transactions(text) {
  return text.split('\n').filter((line) => line.startsWith('{"transaction":')).length
}

function plain(body, encoding) {
  if (encoding === 'gzip') return gunzipSync(body).toString()
  return (encoding === 'deflate' ? inflateSync(body) : body).toString()
}

module.exports = { countRequests }
