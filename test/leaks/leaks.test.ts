import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type App, register, root, startApp } from '../helpers/app.js'
import { script } from '../helpers/folder.js'
import { printed } from '../helpers/waiting.js'
import { Client, type Exchange, exchanges } from './traffic.js'

/** Requests of a round; `npm run test:leaks` makes ten times as many. */
const REQUESTS = Number(process.env.LEAK_REQUESTS ?? 2_000)
const CLIENTS = 8
/** What a request may leave on the heap, in bytes. */
const MOST_LEFT = 40
/** The same where the app keeps a resource of each request. */
const MOST_KEPT = 1_500
/** A leak shows in each round; code that is compiled, and the like, in the first ones. */
const ROUNDS = 12
/** How long an app is asked until all that is over is gone, in milliseconds: pools keep connections for five seconds. */
const DEADLINE = 60_000

const chosen = process.env.LEAK_SCENARIOS?.split(',')

for (const [name, exchange] of Object.entries(exchanges)) {
  const skip = chosen !== undefined && !chosen.includes(name)
  test(`no request leaves anything behind: ${name}`, { skip }, async (t) => {
    const app = await startApp(t, script(root, 'test', 'leaks', 'app.js'), { node: ['--expose-gc', '-r', register] })
    const clients = Array.from({ length: CLIENTS }, () => new Client(app.port))
    t.after(() => Promise.all(clients.map((client) => client.close())))
    const most = name === 'kept resource' ? MOST_KEPT : MOST_LEFT
    let before = await finish(app, exchange, clients)

    const growth: number[] = []
    do {
      const after = await finish(app, exchange, clients)
      growth.push(Math.round((after.heap - before.heap) / (after.requests - before.requests)))
      assert.deepEqual([after.handles, after.listeners], [before.handles, before.listeners])
      before = after
    } while (Math.min(...growth) > most && growth.length < ROUNDS)

    t.diagnostic(`${name}: ${growth.length} rounds of ${REQUESTS} requests left ${growth} bytes of heap a request`)
    assert.ok(Math.min(...growth) <= most, `${growth} bytes of heap a request`)
  })
}

/** A round of requests, and what the app says when the last of them is over. */
async function finish(app: App, exchange: Exchange, clients: readonly Client[]): Promise<Report> {
  await make(exchange, clients)
  const report = await reportOf(app, clients)
  if (clients.every(({ left }) => left.length === 0)) return report
  for (const client of clients) await client.leave()
  return reportOf(app, clients)
}

async function make(exchange: Exchange, clients: readonly Client[]): Promise<void> {
  let made = 0
  await Promise.all(
    clients.map(async (client) => {
      while (made < REQUESTS) {
        const requests = await exchange(client)
        made += requests
      }
    }),
  )
}

/** What an app says when it has as many spans as requests that are open, and has heard of the end of connections. */
async function reportOf(app: App, clients: readonly Client[]): Promise<Report> {
  const open = clients.reduce((sum, { left }) => sum + left.length, 0)
  const connections = clients.reduce((sum, client) => sum + client.connections, 0)
  const until = Date.now() + DEADLINE
  for (;;) {
    app.stdout = ''
    app.child.kill('SIGUSR2')
    const [, line = ''] = await printed(app, /^report (.*)$/m)
    const report: Report = JSON.parse(line)
    if (report.live === open && report.listeners.sockets.length === connections) return report
    if (Date.now() > until) assert.fail(`${report.live} spans are live, ${open} requests are open: ${line}`)
  }
}

/** What an app says of itself, after a garbage collection. */
interface Report {
  readonly requests: number
  /** Spans of requests. */
  readonly live: number
  /** Bytes. */
  readonly heap: number
  /** By kind. */
  readonly handles: Readonly<Record<string, number>>
  /** By event; of sockets, for each that is open. */
  readonly listeners: { readonly sockets: readonly object[] }
}
