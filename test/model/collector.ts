import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { decodeBatch, type ReceivedSpan } from '../helpers/decode.js'

/** What an app speaks to: a Jaeger that takes spans by HTTP, which loses none, and a server that it calls itself. */
export class Collector {
  deliver: (span: ReceivedSpan) => void = () => {}
  private readonly calls = new Map<number, Map<string, string[]>>()

  private constructor(readonly port: number) {}

  static async start(t: TestContext): Promise<Collector> {
    const server = http.createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const collector = new Collector((server.address() as AddressInfo).port)
    server.on('request', (req, res) => collector.serve(req, res))
    t.after(() => {
      server.closeAllConnections()
      server.close()
    })
    return collector
  }

  /** What came with the calls of a run: `uber-trace-id`, by the request that they were made in. */
  takeCalls(run: number): ReadonlyMap<string, readonly string[]> {
    const calls = this.calls.get(run) ?? new Map()
    this.calls.delete(run)
    return calls
  }

  private serve(req: http.IncomingMessage, res: http.ServerResponse): void {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('error', () => {})
    req.on('end', () => {
      if (req.method === 'GET') this.note(String(req.url).slice(1), String(req.headers['uber-trace-id']))
      else for (const span of decodeBatch(Buffer.concat(chunks))) this.deliver(span)
      res.end('some text')
    })
  }

  private note(key: string, header: string): void {
    const run = Number.parseInt(key, 10)
    const calls = this.calls.get(run) ?? new Map<string, string[]>()
    this.calls.set(run, calls.set(key, [...(calls.get(key) ?? []), header]))
  }
}
