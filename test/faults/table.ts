import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { TestContext } from 'node:test'
import { accept, type Collector, startAgent, startCollector } from './collectors.js'

/** Whether there is time, as with `npm run test:faults`. */
export const isLong = process.env.FAULTS === 'long'

/** Something that goes wrong around an app, or in it. */
export interface Fault {
  readonly name: string
  start(t: TestContext): Promise<Collector>
  /** The host by which the app knows the collector; its address if left out. */
  readonly host?: string
  /** One of `test/apps/worlds`. */
  readonly preload?: string
  readonly env?: Record<string, string>
  /** What the app is asked while things go wrong. */
  readonly acts?: readonly string[]
  /** What the app is asked for things to go right again. */
  readonly remedy?: readonly string[]
  /** The one line that the user is told; none if left out. */
  readonly says?: RegExp
  /** Whether nothing arrives while it lasts. */
  readonly isAway?: true
  /** What its memory is compared with, where an app does what no other does; `healthy` if left out. */
  readonly normal?: Fault
  /** How much more it may take, in MiB; 20 if left out. */
  readonly mostMemory?: number
  /** Whether the system may lose packets that come at once, and say nothing. */
  readonly mayDrop?: true
}

const HOUR = 3_600_000
const MEBIBYTE = 1_024 * 1_024
/** More spans than the queue has room for. */
const FLOOD = '/burst/3000'
const BLOCK = isLong ? 5_000 : 1_500
const BURST = isLong ? 1_000_000 : 100_000
/** Most spans are made alone, and not kept. */
const FEW = { JAEGER_SAMPLER_TYPE: 'probabilistic', JAEGER_SAMPLER_PARAM: '0.1' }
const FULL = /more spans wait than there is room for/

/** Nothing goes wrong. */
export const healthy: Record<'http' | 'udp', Fault> = {
  http: { name: 'nothing', start: (t) => startCollector(t, accept) },
  udp: { name: 'nothing', start: (t) => startAgent(t) },
}

/** For each of the ways in which spans leave. */
export const faults: Record<'http' | 'udp', readonly Fault[]> = {
  http: [
    collector('is not there', undefined, /no Jaeger collector listens on/),
    { ...collector('swallows', () => {}, /no answer within/), ...impatient() },
    { ...collector('answers a byte a second', ({ socket }) => drip(socket), /no answer within/), ...impatient() },
    collector('resets the connection', ({ socket }) => socket.resetAndDestroy(), /: ECONNRESET/),
    collector('answers 500', (_req, res) => res.writeHead(500).end('out of order'), /it answers 500/),
    collector('answers 413', (_req, res) => res.writeHead(413).end(), /it answers 413/),
    collector('answers 429', (_req, res) => res.writeHead(429, { 'retry-after': '3600' }).end(), /it answers 429/),
    collector('redirects for ever', (req, res) => res.writeHead(307, { location: req.url }).end(), /it answers 307/),
    collector('sends a gigabyte', (_req, res) => pour(res.writeHead(503)), /it answers 503/),
    { ...names('fail', healthy.http), says: /EAI_AGAIN/ },
    { ...names('hang', healthy.http), says: /no connection within 1000 ms/ },
    ...inTheApp(healthy.http),
  ],
  udp: [
    {
      name: 'an agent that is not there',
      start: (t) => startAgent(t, false),
      acts: [FLOOD],
      isAway: true,
      says: /no Jaeger agent listens on/,
    },
    { ...healthy.udp, name: 'packets that are too large', preload: 'packets', says: /EMSGSIZE/ },
    { ...names('fail', healthy.udp), says: /EAI_AGAIN/, mayDrop: true },
    // Nobody knows of it until too many spans wait.
    { ...names('hang', healthy.udp), acts: [], ...(isLong && { says: FULL }), mayDrop: true },
    ...inTheApp(healthy.udp),
  ],
}

function collector(what: string, behave: RequestListener | undefined, says: RegExp): Fault {
  return {
    name: `a collector that ${what}`,
    start: (t) => startCollector(t, behave),
    acts: [FLOOD],
    says,
    isAway: true,
  }
}

/** A second's patience, where there is not much time. */
function impatient(): Pick<Fault, 'env'> {
  return isLong ? {} : { env: { JAEGER_REPORTER_TIMEOUT: '1000' } }
}

function names(what: 'fail' | 'hang', fault: Fault): Fault {
  return {
    ...fault,
    isAway: true,
    name: `look-ups of names that ${what}`,
    host: 'collector.example',
    preload: 'names',
    env: { NAMES: what },
    acts: [FLOOD],
    remedy: ['/world/resolve/1'],
  }
}

function inTheApp(fault: Fault): Fault[] {
  const burst = { ...fault, acts: [`/burst/${BURST}`] }
  const jumps = [HOUR, -2 * HOUR, 10_000, -500].map((milliseconds) => `/world/setWall/${milliseconds}`)
  return [
    { ...fault, name: 'a clock that jumps', preload: 'clocks', acts: jumps },
    { ...fault, name: `an event loop that is blocked for ${BLOCK} ms`, acts: [`/block/${BLOCK}`] },
    {
      ...burst,
      name: `a burst of ${BURST} spans`,
      says: FULL,
      mayDrop: true,
      normal: { ...burst, env: FEW, mayDrop: true },
      // V8 leaves some of what is thrown away for later.
      mostMemory: 32,
    },
  ]
}

function drip(socket: Socket): void {
  const bytes = [...'HTTP/1.1 202 Accepted\r\n\r\n']
  const timer = setInterval(() => socket.write(bytes.shift() ?? ' '), 1_000)
  socket.on('close', () => clearInterval(timer))
}

function pour(res: ServerResponse): void {
  const chunk = Buffer.alloc(MEBIBYTE)
  let left = 1_024
  const more = () => {
    while (left-- > 0 && !res.destroyed) if (!res.write(chunk)) return
    res.end()
  }
  res.on('drain', more)
  more()
}
