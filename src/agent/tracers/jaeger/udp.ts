import dgram from 'node:dgram'
import { isIPv6 } from 'node:net'
import timers from 'node:timers'
import { elapsed } from '../../clock.js'
import { debug, quote, reason } from '../../log.js'
import type { Delivery } from '../backend.js'
import { type Batch, OTHER_WAYS, type Transport } from '../transport.js'
import type { HostAddress } from './address.js'
import { agentMessage } from './message.js'
import type { SpanQueue } from './queue.js'

/** As they are now, before anybody wraps them. */
const { createSocket } = dgram
const { setTimeout, clearTimeout } = timers

/** What a system says of a port where nobody listens; Windows has a word of its own. */
const REFUSED = new Set(['ECONNREFUSED', 'ECONNRESET'])
/** What is wrong with one packet, not with the socket. */
const PASSING = new Set(['EMSGSIZE', 'ENOBUFS', 'ENOMEM', 'EAGAIN'])
/** So many packets may be on their way: Node keeps what the system does not take, and with an error its packet. */
const MOST_PACKETS = 32
/** Milliseconds between the packets of a backlog: of full ones Linux keeps two for an agent that is about to read. */
const BACKLOG_INTERVAL = 5
const ALL = Number.POSITIVE_INFINITY

/**
 * Sends spans to a Jaeger agent, as packets of a connected socket: the host is looked up once, a refusal is heard of,
 * and a send needs nothing more of the event loop, so that it works in the process' `exit` event too.
 */
export class UdpTransport implements Transport {
  private socket: dgram.Socket | undefined
  private connectedTo: string | undefined
  private outcome: Delivery['outcome']
  private reason = ''
  /** Packets that the system has not confirmed, and the spans in them. */
  private packets = 0
  private leaving = 0
  /** Spans in the last packet that left: should a refusal be heard, it is of that one. */
  private latest = 0
  private isRefused = false
  /** When what has gathered goes on leaving, on the steady clock. */
  private resumesAt = 0
  private resumption: NodeJS.Timeout | undefined

  constructor(
    private readonly queue: SpanQueue,
    private readonly host: HostAddress,
    private readonly port: number,
  ) {}

  get delivery(): Delivery {
    const { outcome, reason, port } = this
    // Of what was sent last nothing was heard: it shares the fate of what was sent before.
    const doubtful = this.isRefused ? this.latest + this.leaving : 0
    const sent = this.queue.sent - doubtful
    const lost = this.queue.lost + doubtful
    const { waiting } = this.queue
    const { name, ip, trouble } = this.host
    const to = `${isIPv6(name) ? `[${name}]` : name}:${port} (UDP)`
    if (ip === undefined && trouble !== '')
      return { to, outcome: 'lost', reason: `the host ${trouble}`, sent, lost, waiting }
    return { to, outcome, reason, sent, lost, waiting }
  }

  send(): void {
    if (elapsed() < this.resumesAt || this.packets >= MOST_PACKETS) return
    const sent = this.sendPackets(1)
    if (sent === 0 || !this.queue.isFull) return
    this.resumesAt = elapsed() + BACKLOG_INTERVAL
    this.resumeLater()
  }

  flush(timeout: number, done: () => void): void {
    this.sendPackets(ALL)
    let finished = false
    const finish = () => {
      clearTimeout(timer)
      if (!finished) done()
      finished = true
    }
    const timer = setTimeout(finish, timeout)
    // There is something to wait for only where the host's name is being looked up.
    this.host.wait(() => {
      if (!finished) this.sendPackets(ALL)
      finish()
    })
  }

  flushNow(): void {
    this.sendPackets(ALL)
  }

  private resumeLater(): void {
    this.resumption ??= setTimeout(() => {
      this.resumption = undefined
      // A turn of the event loop that takes long counts as part of the time.
      if (elapsed() < this.resumesAt) this.resumeLater()
      else this.send()
    }, BACKLOG_INTERVAL).unref()
  }

  /** Answers how many there were to send, at most so many. */
  private sendPackets(most: number): number {
    let count = 0
    try {
      const socket = this.open()
      for (; socket !== undefined && socket === this.socket && count < most; count++) {
        const batch = this.queue.take()
        if (batch === undefined) break
        this.post(socket, batch)
      }
    } catch (error) {
      this.failed(error, this.socket)
    }
    return count
  }

  /** The connected socket; `undefined` where there is none yet. */
  private open(): dgram.Socket | undefined {
    const { ip } = this.host
    if (ip === undefined) this.lookUp()
    else if (ip !== this.connectedTo) this.connect(ip)
    return this.connectedTo === undefined ? undefined : this.socket
  }

  private lookUp(): void {
    const { host, queue } = this
    host.lookUp(() => {
      if (host.trouble === '') this.send()
      else queue.complain(`the Jaeger agent's host ${quote(host.name)} ${host.trouble}`)
    })
  }

  private post(socket: dgram.Socket, { spans }: Batch<Buffer>): void {
    // What is called back must not hold the spans: in a burst that is a while.
    const count = spans.length
    this.queue.sent += count
    this.leaving += count
    this.packets++
    this.outcome = 'sent'
    this.reason = ''
    try {
      socket.send(agentMessage(this.queue.process, spans), (error) => this.posted(count, error, socket))
    } catch (error) {
      this.posted(count, error, socket)
    }
  }

  private posted(count: number, error: unknown, socket: dgram.Socket): void {
    this.leaving -= count
    this.packets--
    if (error === null) {
      // With a refusal to tell of, the system would have told it now: the packet before this one was taken.
      if (this.latest > 0) this.isRefused = false
      this.latest = count
      debug(`sent ${count} spans to ${this.host.ip}:${this.port} (UDP)`)
    } else {
      this.recall(count)
      this.failed(error, socket)
    }
  }

  private recall(count: number): void {
    this.queue.sent -= count
    this.queue.lose(count)
  }

  private connect(ip: string): void {
    this.close()
    const socket = createSocket({
      type: isIPv6(ip) ? 'udp6' : 'udp4',
      // Answered in the same breath, so is `connect`, and a span that finishes right before the exit can be sent.
      lookup: (address, _options, answer) => answer(null, address, isIPv6(address) ? 6 : 4),
    })
    this.socket = socket
    socket.on('error', (error) => this.failed(error, socket))
    socket.unref()
    socket.connect(this.port, ip)
    if (isConnected(socket)) this.connectedTo = ip
  }

  private close(): void {
    const { socket } = this
    this.socket = undefined
    this.connectedTo = undefined
    try {
      socket?.close()
    } catch {
      // It never came to be open.
    }
  }

  private failed(error: unknown, socket: dgram.Socket | undefined): void {
    const code = codeOf(error)
    const agent = isIPv6(this.host.ip ?? '') ? `[${this.host.ip}]:${this.port}` : `${this.host.ip}:${this.port}`
    // The host may have moved.
    this.lookUp()
    this.outcome = 'lost'
    this.reason = REFUSED.has(code) ? `nobody listens there (${code})` : code
    if (REFUSED.has(code)) {
      this.recall(this.latest)
      this.latest = 0
      this.isRefused = true
      this.queue.complain(`no Jaeger agent listens on ${agent} (UDP)`, OTHER_WAYS)
      return
    }
    if (code === 'EMSGSIZE') this.queue.shorten()
    this.queue.complain(`spans cannot be sent to the Jaeger agent ${agent} (UDP): ${code}`)
    if (socket === this.socket && !PASSING.has(code)) this.close()
  }
}

/** Asks the system: `connect` gives no answer that does not wait for the event loop. */
function isConnected(socket: dgram.Socket): boolean {
  try {
    socket.remoteAddress()
    return true
  } catch {
    return false
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : reason(error)
}
