import type { Collector } from '../collector.js'
import { exchange } from '../exchange.js'
import { postOptions, shown } from '../http.js'
import { collectorMessage } from './message.js'
import type { SpanQueue } from './queue.js'

/** A Jaeger collector, which takes a message in the body of a POST. */
export function jaegerCollector(queue: SpanQueue, url: URL, auth: string | undefined): Collector<Buffer> {
  const options = { ...postOptions(url), auth }
  return {
    name: 'Jaeger collector',
    address: shown(url),
    post(spans, timeout, done) {
      const body = collectorMessage(queue.process, spans)
      const headers = { 'Content-Type': 'application/x-thrift', 'Content-Length': body.length }
      return exchange({ ...options, headers }, body, timeout, done)
    },
  }
}
