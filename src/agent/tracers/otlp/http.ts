import { gzip } from 'node:zlib'
import type { Collector } from '../collector.js'
import { type Body, exchange } from '../exchange.js'
import { postOptions, shown } from '../http.js'
import { NAME, type OtlpEnvironment, type Serialize } from './environment.js'
import type { ReadableSpan } from './sdk.js'

/** A receiver of OTLP over HTTP. https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export function httpCollector(
  serialize: Serialize,
  { protocol, endpoint, headers, credentials, compress }: OtlpEnvironment,
): Collector<ReadableSpan> {
  const options = postOptions(endpoint, credentials)
  const ownHeaders = {
    'Content-Type': protocol === 'http/json' ? 'application/json' : 'application/x-protobuf',
    ...(compress && { 'Content-Encoding': 'gzip' }),
    ...headers,
  }
  return {
    name: NAME,
    address: shown(endpoint),
    post(spans, timeout, done) {
      const bytes = serialize(spans)
      return exchange({ ...options, headers: ownHeaders }, compress ? compressed(bytes) : bytes, timeout, done)
    },
  }
}

/** Not at once, which would take milliseconds of the app's. */
function compressed(bytes: Buffer): Body {
  return (send) => gzip(bytes, (_error, zipped) => send(zipped))
}
