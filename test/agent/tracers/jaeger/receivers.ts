import { spawn } from 'node:child_process'
import dgram from 'node:dgram'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type DecodedBatch, type DecodedSpan, decodeBody, decodePacket } from './decoders.js'

/** The compiled agent, for the scripts of child processes. */
export const BACKEND = join(__dirname, '../../../../src/agent/tracers/jaeger')

const DEADLINE = 20_000

/** A script's `memory()`: the bytes of what buffers are still in use. Node 26 frees some of the others a turn later. */
export const MEMORY = `require('node:v8').setFlagsFromString('--expose-gc')
  const gc = require('node:vm').runInNewContext('gc')
  const memory = () => { gc(); gc(); return process.memoryUsage().arrayBuffers };`

/** What arrives, one after the other. */
export class Inbox<Item> {
  private readonly items: Item[] = []
  private wake: (() => void) | undefined

  put(item: Item): void {
    this.items.push(item)
    this.wake?.()
  }

  get arrived(): number {
    return this.items.length
  }

  async next(): Promise<Item> {
    for (;;) {
      const item = this.items.shift()
      if (item !== undefined) return item
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('nothing arrived')), DEADLINE)
        this.wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }
}

/** A Jaeger agent's UDP port. */
export async function startAgent(t: TestContext, host = '127.0.0.1') {
  const socket = dgram.createSocket(host.includes(':') ? 'udp6' : 'udp4')
  const packets = new Inbox<Buffer>()
  socket.on('message', (packet) => packets.put(packet))
  socket.bind(0, host)
  await once(socket, 'listening')
  t.after(() => socket.close())
  return { port: socket.address().port, packets, batch: async () => decodePacket(await packets.next()) }
}

export interface Post {
  url: string | undefined
  headers: http.IncomingHttpHeaders
  batch: DecodedBatch
}

/** A Jaeger collector's HTTP port; `answer` may answer as badly as it likes. */
export async function startCollector(
  t: TestContext,
  answer: (res: http.ServerResponse, count: number, length: number) => void = (res) => res.writeHead(202).end(),
  port = 0,
) {
  const posts = new Inbox<Post>()
  const sockets = new Set<Socket>()
  let count = 0
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    posts.put({ url: req.url, headers: req.headers, batch: decodeBody(body) })
    answer(res, ++count, body.length)
  })
  server.on('connection', (socket) => sockets.add(socket))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, posts, sockets }
}

/** Runs a script that finds `jaegerBackend`, and `backend` and `tracer` made of it, and waits for its end. */
export async function run(script: string, environment: Record<string, string> = {}, before = '') {
  const preamble = `${before};
    const { jaegerBackend } = require(${JSON.stringify(BACKEND)})
    const backend = jaegerBackend(
      { serviceName: 'shop', debugId: process.env.DEBUG_ID === 'true', propagation: ['jaeger'] },
      process.env,
    )
    const { tracer } = backend;`
  const started = performance.now()
  const { PATH, NODE_PATH } = process.env
  const env = { PATH, NODE_PATH, ...environment }
  const child = spawn(process.execPath, ['-e', preamble + script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text) => {
    stdout += text
  })
  child.stderr.on('data', (text) => {
    stderr += text
  })
  const killer = setTimeout(() => child.kill('SIGKILL'), DEADLINE)
  const [code, signal] = await once(child, 'close')
  clearTimeout(killer)
  return { code, signal, stdout, stderr, milliseconds: performance.now() - started }
}

export function tagsOf({ tags }: DecodedSpan): Record<string, unknown> {
  return Object.fromEntries(tags)
}
