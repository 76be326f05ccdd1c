import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { TestContext } from 'node:test'

const DEADLINE = 20_000

/** A client that says on its connection exactly what a test wants said. */
export class Wire {
  received = ''

  private constructor(readonly socket: Socket) {
    socket.setEncoding('latin1').on('data', (text: string) => {
      this.received += text
    })
    socket.on('error', () => {})
  }

  static async open(t: TestContext, port: number): Promise<Wire> {
    const socket = connect(port, '127.0.0.1')
    t.after(() => socket.destroy())
    await once(socket, 'connect')
    return new Wire(socket)
  }

  /** Sends the head of a request, or several at once where a line is empty. */
  ask(...lines: string[]): void {
    this.socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  }

  /** Waits until what has been received matches. */
  async heard(pattern: RegExp): Promise<RegExpExecArray> {
    const signal = AbortSignal.timeout(DEADLINE)
    for (;;) {
      const found = pattern.exec(this.received)
      if (found !== null) return found
      if (this.socket.destroyed) throw new Error(`closed before ${pattern}: ${this.received}`)
      await Promise.race([once(this.socket, 'data', { signal }), once(this.socket, 'close', { signal })])
    }
  }

  /** Waits until the server has closed the connection; hands on all that it said. */
  async closed(): Promise<string> {
    if (!this.socket.closed) await once(this.socket, 'close', { signal: AbortSignal.timeout(DEADLINE) })
    return this.received
  }

  hangUp(): void {
    this.socket.destroy()
  }
}
