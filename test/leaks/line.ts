import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const DEADLINE = 20_000

/** A connection of a client that cares for little but speed. */
export class Line {
  private received = ''
  private wanted: { text: string; heard: () => void } | undefined
  private readonly closed: Promise<void>

  private constructor(private readonly socket: Socket) {
    this.closed = new Promise((resolve) => {
      socket.on('close', () => resolve())
    })
    socket.setEncoding('latin1').on('data', (text: string) => {
      this.received += text
      if (this.wanted === undefined || !this.received.includes(this.wanted.text)) return
      const { heard } = this.wanted
      this.wanted = undefined
      heard()
    })
    socket.on('error', () => {})
  }

  static async open(port: number): Promise<Line> {
    const socket = connect(port, '127.0.0.1').setNoDelay()
    await once(socket, 'connect')
    return new Line(socket)
  }

  get isOpen(): boolean {
    return !this.socket.destroyed
  }

  /** Says something, and waits until the answer to it contains a text. */
  async ask(request: string, text = 'done.'): Promise<void> {
    this.received = ''
    const heard = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(lost, DEADLINE)
      const { socket } = this
      socket.on('close', lost)
      this.wanted = { text, heard: () => settle(resolve) }

      function lost() {
        settle(() => reject(new Error(`no ${text} in answer to ${request.slice(0, 200)}`)))
      }
      function settle(end: () => void) {
        clearTimeout(timer)
        socket.off('close', lost)
        end()
      }
    })
    this.say(request)
    await heard
  }

  say(request: string): void {
    this.socket.write(request)
  }

  /** Breaks the connection off, and waits until it is gone. */
  async hangUp(): Promise<void> {
    this.socket.destroy()
    await this.closed
  }
}
