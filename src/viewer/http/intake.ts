import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createUnzip } from 'node:zlib'
import type { Counts } from '../counts.js'

/** Bytes of one body, unpacked; and of all bodies that are on their way. */
const LONGEST_BODY = 16 * 1_024 * 1_024
const MOST_AT_ONCE = 128 * 1_024 * 1_024
/** Bytes that a piece of a body takes beside its own: some senders cut theirs into pieces of one. */
const PIECE = 200

/** Why a body is not taken: a status and a line of text. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly reason: string,
  ) {}
}

const TOO_LONG = new Refusal(413, `a body has at most ${LONGEST_BODY} bytes, unpacked`)
const TOO_MUCH = new Refusal(503, 'too much arrives at once; try again')
const UNKNOWN_ENCODING = new Refusal(415, 'the encodings are gzip and deflate')
const UNREADABLE = new Refusal(400, 'the body cannot be unpacked')
const GONE = new Refusal(400, 'the client went away')

/** Takes in the bodies of requests, no more of them at once than memory has room for. */
export class Intake {
  private held = 0

  constructor(private readonly counts: Counts) {}

  /** The whole body, unpacked. What is refused is read to its end, and thrown away, so that the answer gets through. */
  async read(req: IncomingMessage): Promise<Buffer | Refusal> {
    const body = await this.collect(req)
    if (body === TOO_LONG || body === TOO_MUCH) this.counts.oversized++
    if (body === UNREADABLE || body === UNKNOWN_ENCODING) this.counts.malformed++
    if (body instanceof Refusal) {
      req.unpipe()
      req.resume()
    }
    return body
  }

  private async collect(req: IncomingMessage): Promise<Buffer | Refusal> {
    const encoding = req.headers['content-encoding'] ?? 'identity'
    if (Number(req.headers['content-length']) > LONGEST_BODY) return TOO_LONG
    if (encoding === 'identity') return this.chunks(req, req)
    if (!/^(x-)?gzip$|^deflate$/i.test(encoding)) return UNKNOWN_ENCODING
    const unzip = createUnzip()
    const body = await this.chunks(req, req.pipe(unzip))
    unzip.destroy()
    return body
  }

  private chunks(req: IncomingMessage, source: Readable): Promise<Buffer | Refusal> {
    const chunks: Buffer[] = []
    let taken = 0
    return new Promise<Buffer | Refusal>((settle) => {
      source.on('data', (chunk: Buffer) => {
        taken += chunk.length + PIECE
        this.held += chunk.length + PIECE
        chunks.push(chunk)
        if (taken > LONGEST_BODY) settle(TOO_LONG)
        else if (this.held > MOST_AT_ONCE) settle(TOO_MUCH)
      })
      source.on('end', () => settle(Buffer.concat(chunks)))
      source.on('error', () => settle(UNREADABLE))
      req.on('close', () => {
        if (!req.complete) settle(GONE)
      })
    }).finally(() => {
      source.removeAllListeners('data')
      this.held -= taken
    })
  }
}
