import type { ReceivedSpan } from '../helpers/decode.js'
import type { Client, Seen } from './client.js'
import type { Program } from './program.js'

/** All that is known of one run of a program. */
export interface Run {
  readonly id: number
  readonly program: Program
  /** By connection. */
  readonly seen: readonly Seen[]
  /** By request. */
  readonly accounts: ReadonlyMap<string, Account>
  readonly spans: readonly ReceivedSpan[]
  /** What came with the calls that the app made: `uber-trace-id`, by request. */
  readonly calls: ReadonlyMap<string, readonly string[]>
}

/** What the app itself saw of a request, in the order in which it came. */
export interface Account {
  readonly key: string
  readonly events: readonly Event[]
}

export type Event = readonly [what: string, ...more: unknown[]]

/** By run, connection and request. */
export function keyOf(run: number, connection: number, request: number): string {
  return `${run}-${connection}-${request}`
}

/** That of the request which a span tells of, or in which the call was made that it tells of. */
export function keyOfSpan({ tags }: ReceivedSpan): string {
  return String(tags.key ?? new URL(String(tags['http.url'])).pathname.slice(1))
}

/** A run that has not come to its end. */
export class Running {
  readonly spans: ReceivedSpan[] = []
  /** Requests that nobody will answer. */
  readonly stuck = new Set<string>()
  clients: readonly Client[] = []
  /** Takes what the app answers. */
  answer: (message: Message) => void = () => {}
  fail: (reason: string) => void = () => {}
  private end: () => void = () => {}
  readonly failure = new Promise<never>((_, reject) => {
    this.fail = (reason) => reject(new Error(reason))
  })
  readonly allArrived = new Promise<void>((resolve) => {
    this.end = resolve
  })

  constructor(readonly id: number) {}

  /** Of a request that comes when all others are done. Spans travel in the order in which they end. */
  get lastKey(): string {
    return `${this.id}-last`
  }

  giveUp(key: string): void {
    this.stuck.add(key)
    for (const client of this.clients) client.look()
  }

  receive(span: ReceivedSpan, key: string): void {
    if (key === this.lastKey) this.end()
    else this.spans.push(span)
  }
}

/** What the app says of a run. */
export interface Message {
  readonly run: number
  readonly port?: number
  /** A request that nobody will answer. */
  readonly stuck?: string
  /** The port for the last request. */
  readonly last?: number
  readonly accounts?: readonly Account[]
}
