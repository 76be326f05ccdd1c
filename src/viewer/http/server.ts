import http from 'node:http'
import type { Counts } from '../counts.js'

export type Handler = (req: http.IncomingMessage, res: http.ServerResponse) => void | Promise<void>

const MOST_CONNECTIONS = 512
/** Milliseconds. */
const LONGEST_HEAD = 10_000
const LONGEST_REQUEST = 30_000
/** A client that neither sends nor reads. */
const LONGEST_PAUSE = 60_000
const CHECKED_EVERY = 1_000

/**
 * A server that neither many connections nor slow ones wear out. What a handler throws is answered with 500, and said
 * on stderr.
 */
export function createServer(counts: Counts, handle: Handler): http.Server {
  const server = http.createServer(
    {
      headersTimeout: LONGEST_HEAD,
      requestTimeout: LONGEST_REQUEST,
      keepAliveTimeout: LONGEST_PAUSE,
      connectionsCheckingInterval: CHECKED_EVERY,
    },
    (req, res) => void answer(req, res, handle),
  )
  server.maxConnections = MOST_CONNECTIONS
  server.setTimeout(LONGEST_PAUSE, (socket) => {
    if (socket.writableLength > 0) counts.disconnected++
    socket.destroy()
  })
  // No more files may be open.
  server.on('error', () => counts.disconnected++)
  server.on('drop', () => counts.disconnected++)
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
    if (isLate) counts.disconnected++
    else if (error.code?.startsWith('HPE_')) counts.malformed++
    const status = isLate ? '408 Request Timeout' : '400 Bad Request'
    if (!socket.writable) socket.destroy()
    else socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`, () => socket.destroy())
  })
  return server
}

/** Answers in one line of text. */
export function say(res: http.ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' })
  res.end(`${text}\n`)
}

async function answer(req: http.IncomingMessage, res: http.ServerResponse, handle: Handler): Promise<void> {
  // A client that hangs up is no news.
  req.on('error', () => {})
  res.on('error', () => {})
  try {
    await handle(req, res)
  } catch (error) {
    console.error('tracing: the viewer could not answer %j:', req.url, error)
    if (!res.headersSent) say(res, 500, 'this cannot be answered')
    else res.destroy()
  }
}
