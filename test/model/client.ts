import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises'
import { Answers } from './answers.js'
import { headersOf } from './parents.js'
import type { Connection, Request } from './program.js'

/** What a client saw on its connection. */
export interface Seen {
  /** Of whole answers, in their order. */
  readonly statuses: readonly number[]
  /** Whether all of the first request was sent. */
  readonly hasAsked: boolean
}

/** Plays the part of one connection of a program. */
export class Client {
  private readonly answers: Answers
  private sent = 0
  private received = 0
  private hasAsked = false
  private wake = () => {}

  private constructor(
    private readonly connection: Connection,
    private readonly socket: Socket,
    private readonly keys: readonly string[],
    private readonly stuck: ReadonlySet<string>,
  ) {
    this.answers = new Answers(connection.requests.map(({ method }) => method))
    socket.setNoDelay().setEncoding('latin1')
    socket.on('data', (text: string) => this.hear(text))
    socket.on('end', () => this.answers.end())
    socket.on('error', () => {})
    socket.on('close', () => this.wake())
  }

  static async open(
    connection: Connection,
    port: number,
    keys: readonly string[],
    stuck: ReadonlySet<string>,
  ): Promise<Client> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Client(connection, socket, keys, stuck)
  }

  /** To the end of the connection. */
  async play(): Promise<Seen> {
    const { requests, pipelined } = this.connection
    for (const [index, request] of requests.entries()) {
      await this.ask(request, index)
      if (!pipelined) await this.answered(index)
    }
    for (const index of requests.keys()) await this.answered(index)
    this.socket.end()
    await this.until(requests.length - 1, () => this.socket.closed)
    return { statuses: this.answers.statuses, hasAsked: this.hasAsked }
  }

  /** Something may have become of a request that nobody will answer. */
  look(): void {
    this.wake()
  }

  private async ask(request: Request, index: number): Promise<void> {
    const { head, body } = render(request, this.keys[index] ?? '')
    await this.send(head)
    if (request.extra === 'late body') await wait(2)
    await this.send(body)
    this.hasAsked ||= !this.socket.destroyed
  }

  private async send(text: string): Promise<void> {
    const { piece, cut } = this.connection
    const last = cut?.when === 'sent' ? cut.bytes - this.sent : text.length
    const bytes = text.slice(0, last)
    for (let at = 0; at < bytes.length && !this.socket.destroyed; at += piece) {
      this.socket.write(bytes.slice(at, at + piece), 'latin1')
      if (piece < bytes.length) await turn()
    }
    this.sent += text.length
    if (last < text.length) this.socket.destroy()
  }

  private hear(text: string): void {
    const { cut } = this.connection
    this.received += text.length
    this.answers.feed(text)
    if (cut?.when === 'received' && this.received >= cut.bytes) this.socket.destroy()
    this.wake()
  }

  private async answered(index: number): Promise<void> {
    await this.until(index, () => this.answers.statuses.length > index || this.socket.destroyed)
  }

  /** Breaks the connection off where one of the requests up to this one will not come to an end. */
  private async until(index: number, isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      // One that was answered by its head alone may be stuck as well.
      if (this.keys.slice(0, index + 1).some((key) => this.stuck.has(key))) this.socket.destroy()
      if (!isDone()) await this.woken()
    }
  }

  private woken(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve
    })
  }
}

function render({ method, path, parent, body, extra }: Request, key: string): { head: string; body: string } {
  const isChunked = extra === 'chunked' && body > 0
  const content = 'b'.repeat(body)
  const lines = [
    `${method} ${path}${extra === 'query' ? '?secret=1' : ''} HTTP/1.${extra === 'old' ? 0 : 1}`,
    'Host: test',
    `X-Key: ${key}`,
    ...headersOf(parent).map(([name, value]) => `${name}: ${value}`),
  ]
  if (extra === 'close') lines.push('Connection: close')
  if (extra === 'expect') lines.push('Expect: 100-continue')
  if (isChunked) lines.push('Transfer-Encoding: chunked')
  else if (body > 0) lines.push(`Content-Length: ${body}`)
  return {
    head: [...lines, '', ''].join('\r\n'),
    body: isChunked ? `${body.toString(16)}\r\n${content}\r\n0\r\n\r\n` : content,
  }
}
