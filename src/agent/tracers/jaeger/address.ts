import dns from 'node:dns'
import { isIP } from 'node:net'
import { elapsed } from '../../clock.js'

/** As it is now, before anybody wraps it. */
const { lookup } = dns

/** How long an address stands, in milliseconds. */
const LOOK_UP_INTERVAL = 30_000
/** What every system means by the name, without a look-up that the end of a short process would not wait for. */
const LOCALHOST = { 4: '127.0.0.1', 6: '::1' }

/** 0 is either, the older preferred, as jaeger-client's sockets are of that kind. */
export type Family = 0 | 4 | 6

/** The IP address of a host, looked up once and kept, where `dgram` would ask for it with every packet. */
export class HostAddress {
  /** The last answer. */
  ip: string | undefined
  /** Why there is no address, `''` where there is one or the answer is awaited. */
  trouble = ''
  private readonly isName: boolean
  private askedAt = Number.NEGATIVE_INFINITY
  private waiting: (() => void)[] | undefined

  constructor(
    readonly name: string,
    private readonly family: Family,
    /** Milliseconds between two look-ups while there is no address. */
    private readonly retryInterval: number,
  ) {
    if (isIP(name) !== 0) this.ip = name
    else if (name.toLowerCase() === 'localhost') this.ip = LOCALHOST[family || 4]
    this.isName = this.ip === undefined
  }

  /** Looks the name up and calls `then`, unless that is under way already, or was done just now. */
  lookUp(then: () => void): void {
    const now = elapsed()
    const interval = this.ip === undefined ? this.retryInterval : LOOK_UP_INTERVAL
    if (!this.isName || this.waiting !== undefined || now - this.askedAt < interval) return
    this.askedAt = now
    this.waiting = [then]
    lookup(this.name, { all: true, family: this.family }, (error, addresses) => this.answered(error, addresses))
  }

  /** Calls `then` as soon as no look-up is under way. */
  wait(then: () => void): void {
    if (this.waiting === undefined) then()
    else this.waiting.push(then)
  }

  private answered(error: NodeJS.ErrnoException | null, addresses: dns.LookupAddress[] | undefined): void {
    const found = addresses?.find(({ family }) => family === 4) ?? addresses?.[0]
    this.trouble = found === undefined ? `is not found (${error?.code ?? 'no address'})` : ''
    if (found !== undefined) this.ip = found.address
    const { waiting = [] } = this
    this.waiting = undefined
    for (const then of waiting) then()
  }
}
