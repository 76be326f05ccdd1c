import type { TestContext } from 'node:test'
import { type App, register, startApp, world } from '../helpers/app.js'
import { printed } from '../helpers/waiting.js'
import type { Collector } from './collectors.js'
import { Load } from './load.js'
import { type Fault, isLong } from './table.js'

/** How long things go wrong, and are well again, in seconds. */
const TROUBLED = isLong ? 30 : 1.5
const WELL = isLong ? 2 : 0.5
/** What is thrown away at once is not to count: V8 makes more room for it the busier an app is. */
const YOUNG = '--max-semi-space-size=2'
/** What only `TRACE_DEBUG` says. */
const DEBUGGING = /^tracing: (starting|patched|loaded before|TRACE_|spans of |finished span|sent |at the end)/

/** What there is to see of an app for which things go wrong. */
export interface Life {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** Milliseconds from its last answer to its end, and from its first one. */
  readonly end: number
  readonly age: number
  /** Requests. */
  readonly asked: number
  /** Answers that were not as they should be. */
  readonly wrong: readonly string[]
  /** What every user is told on stderr, line by line. */
  readonly said: readonly string[]
  /** How many spans it has made, and how many of them have arrived. */
  readonly produced: number
  readonly arrived: number
  /** What it has counted itself. */
  readonly sent: number
  readonly lost: number
}

export interface WholeLife extends Life {
  /** Bytes, at the most. */
  readonly memory: number
  /** For how many milliseconds things went wrong. */
  readonly troubled: number
  /** How many messages it sent meanwhile. */
  readonly messages: number
  /** Milliseconds from then until spans arrived. */
  readonly recovery: number
  /** How many spans of that time arrived after it. */
  readonly kept: number
}

/** Has an app live under load: things go wrong, and right again, and it ends when all has arrived. */
export async function live(t: TestContext, fault: Fault, answers: readonly string[]): Promise<WholeLife> {
  const { acts = [], remedy = [], isAway, says } = fault
  const collector = await fault.start(t)
  const { inbox } = collector
  const app = await startUnder(t, fault, collector, { TRACE_FLUSH_TIMEOUT: '60000' })
  const load = new Load(app.port, answers)
  const began = performance.now()

  await load.run(TROUBLED / 2)
  if (isAway && says !== undefined) await printed(app, says, 'stderr')
  await Promise.all([load.run(TROUBLED / 2), getAll(load, acts)])
  const { messages, arrived } = inbox
  const troubled = performance.now() - began
  await getAll(load, remedy)
  await collector.recover()
  const before = load.requests
  const [recovery] = await Promise.all([timeOf(inbox.more()), load.run(WELL)])
  // Where nobody took packets, only the second one that is taken tells that the first one was.
  const [memory] = await Promise.all([load.get('/memory'), isAway && inbox.more()])
  const { peak } = JSON.parse(memory)
  const life = await end(app, fault, collector, load)
  const kept = life.arrived - arrived - (load.requests - before)
  return { ...life, memory: peak, troubled, messages, recovery, kept }
}

/** Has an app end while things go wrong. */
export async function dieUnder(t: TestContext, fault: Fault, answers: readonly string[]): Promise<Life> {
  const collector = await fault.start(t)
  const app = await startUnder(t, fault, collector)
  const load = new Load(app.port, answers)

  await load.run(1 / 2)
  await getAll(load, fault.acts ?? [])
  return end(app, fault, collector, load)
}

function startUnder(t: TestContext, fault: Fault, collector: Collector, others = {}): Promise<App> {
  const { env, host, preload } = fault
  const asByDefault = { JAEGER_REPORTER_FLUSH_INTERVAL: '' }
  return startApp(t, 'faults.js', {
    env: { ...asByDefault, TRACE_DEBUG: 'true', ...collector.env(host), ...env, ...others },
    node: [YOUNG, ...(preload === undefined ? [] : ['-r', world(preload)]), '-r', register],
  })
}

/** Ends it, and waits for what is still on its way. */
async function end(app: App, { acts = [], mayDrop }: Fault, { inbox }: Collector, load: Load): Promise<Life> {
  await load.get('/end')
  load.close()
  const milliseconds = await timeOf(app.ended())
  const { code, signal, stderr } = await app.ended()
  const [, sent, lost] = /^tracing: at the end: (\d+) spans sent to .*, (\d+) lost/m.exec(stderr) ?? []
  const burst = acts.reduce((sum, act) => sum + Number(/^\/burst\/(\d+)$/.exec(act)?.[1] ?? 0), 0)
  if (!mayDrop) await inbox.reach(Number(sent))
  return {
    code,
    signal,
    end: milliseconds,
    age: load.age,
    asked: load.requests,
    wrong: load.wrong,
    said: stderr.split('\n').filter((line) => line !== '' && !DEBUGGING.test(line)),
    produced: load.requests + burst,
    arrived: inbox.arrived,
    sent: Number(sent),
    lost: Number(lost),
  }
}

async function getAll(load: Load, paths: readonly string[]): Promise<void> {
  for (const path of paths) await load.get(path)
}

/** In milliseconds. */
async function timeOf(event: Promise<unknown>): Promise<number> {
  const began = performance.now()
  await event
  return performance.now() - began
}
