import type { Server } from 'node:http'
import type { Counts } from '../counts.js'
import { decodeBatch } from '../decoders/jaeger-thrift.js'
import type { Guard } from '../http/guard.js'
import { type Intake, Refusal } from '../http/intake.js'
import { createServer, say } from '../http/server.js'
import type { Store } from '../store/store.js'

const TYPES = ['application/x-thrift', 'application/vnd.apache.thrift.binary']

/** Takes the batches that Jaeger's clients post to its collector: `POST /api/traces`, binary Thrift. */
export function jaegerCollector(store: Store, counts: Counts, guard: Guard, intake: Intake): Server {
  return createServer(counts, async (req, res) => {
    const [path] = (req.url ?? '').split('?', 1)
    if (!guard.allowsClient(req.headers)) {
      counts.refused++
      return say(res, 403, 'no page but the viewer may send spans here')
    }
    if (path !== '/api/traces') return say(res, 404, 'spans are taken at /api/traces')
    if (req.method !== 'POST') return say(res, 405, 'spans are posted')
    if (!TYPES.includes(typeOf(req.headers['content-type']))) {
      counts.malformed++
      return say(res, 400, `the Content-Type is ${TYPES[0]}`)
    }

    const body = await intake.read(req)
    if (body instanceof Refusal) return say(res, body.status, body.reason)
    const spans = decodeBatch(body)
    if (spans === undefined) {
      counts.malformed++
      return say(res, 400, 'this is no Batch in binary Thrift')
    }
    store.add(spans)
    res.writeHead(202).end()
  })
}

/** The type of a body, without parameters. */
export function typeOf(header = ''): string {
  const [type = ''] = header.split(';', 1)
  return type.trim().toLowerCase()
}
