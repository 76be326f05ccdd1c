import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const DEADLINE = 20_000

/** What an app has read from a connection and written to it, in bytes. */
export interface Traffic {
  readonly read: number
  readonly written: number
}

/** One connection, which does only what it is told, and keeps what it hears. */
export class Client {
  readonly port: number
  /** Settled when the connection is over. */
  readonly closed: Promise<unknown>
  private received = ''
  private end = ''

  private constructor(private readonly socket: Socket) {
    this.port = socket.localPort ?? 0
    this.closed = new Promise((resolve) => socket.once('close', resolve))
    socket.setEncoding('latin1').setNoDelay()
    socket.on('data', (text: string) => {
      this.received += text
    })
    socket.on('end', () => {
      this.end += ' ended'
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.end += ` ${error.code}`
    })
  }

  static async connect(port: number): Promise<Client> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Client(socket)
  }

  send(bytes: string): void {
    this.socket.write(bytes, 'latin1')
  }

  /** Whether the app has something to read of it yet: bytes, or the end. */
  isAheadOf(traffic: Traffic | undefined): boolean {
    const { destroyed, bytesWritten, writableEnded } = this.socket
    return traffic !== undefined && !destroyed && (bytesWritten > traffic.read || writableEnded)
  }

  /** Waits until all is here that the app has written. */
  async receivedFrom({ written }: Traffic = { read: 0, written: 0 }): Promise<void> {
    while (this.received.length < written && !this.socket.destroyed) await this.more()
  }

  /** Waits until what has been received matches. */
  async heard(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.received)) {
      if (this.socket.destroyed) throw new Error(`closed before ${pattern}: ${this.received}`)
      await this.more()
    }
  }

  /** Done when the system knows. */
  async leave(how: 'end' | 'reset' | 'destroy'): Promise<void> {
    if (how === 'reset') this.socket.resetAndDestroy()
    else if (how === 'destroy') this.socket.destroy()
    else await Promise.race([new Promise<void>((resolve) => this.socket.end(resolve)), this.closed])
  }

  private async more(): Promise<void> {
    const signal = AbortSignal.timeout(DEADLINE)
    await Promise.race([once(this.socket, 'data', { signal }), this.closed])
  }

  /** All bytes, but for the time of day, and what came after them. */
  toString(): string {
    return `${this.received.replace(/^Date: .*(?=\r)/gm, 'Date:')} [${this.end} ]`
  }
}
