import { join } from 'node:path'
import { Api } from './api/index.js'
import { openBrowser } from './browser.js'
import { jaegerCollector } from './collectors/jaeger-http.js'
import { otlpCollector } from './collectors/otlp-http.js'
import { jaegerAgent } from './collectors/udp.js'
import { Counts } from './counts.js'
import { BadFile, isThere, readSpans } from './file.js'
import { BadFlag, type Flags, readFlags, usage } from './flags.js'
import { Guard } from './http/guard.js'
import { Intake } from './http/intake.js'
import { pageServer } from './http/page.js'
import { Keeper } from './keeper.js'
import { CannotListen, type Endpoint, listen } from './listen.js'
import { Store } from './store/store.js'

/** Bytes, of all spans together, about. */
const MOST_BYTES = 256 * 1_024 * 1_024
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs `npx tracing view` with its arguments until a signal ends it. What the user got wrong, and a port that is taken,
 * is said in one line on stderr, and ends it with code 1.
 */
export async function view(args: readonly string[]): Promise<void> {
  // Whoever reads what it says may go away before it does.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  try {
    const flags = readFlags(args)
    if (flags.help) console.log(usage)
    else await run(flags)
  } catch (error) {
    if (!(error instanceof BadFlag || error instanceof BadFile || error instanceof CannotListen)) throw error
    console.error('tracing: %s', error.message)
    process.exitCode = 1
  }
}

async function run(flags: Flags): Promise<void> {
  const counts = new Counts()
  const store = new Store({ traces: flags.maxTraces, size: MOST_BYTES }, counts)
  if (flags.file !== undefined) store.add(await readSpans(flags.file))
  if (flags.save !== undefined && (await isThere(flags.save))) store.add(await readSpans(flags.save))

  const addresses = await listenOn(endpoints(flags, store, counts), flags.host)
  for (const [name, address] of addresses) console.log(`${name.padEnd(24)}${address}`)
  const keeper = flags.save === undefined ? undefined : new Keeper(store, flags.save)
  for (const signal of SIGNALS) process.once(signal, () => end(keeper))
  const [[, page = ''] = []] = addresses
  if (flags.open) openBrowser(page)
}

function endpoints(flags: Flags, store: Store, counts: Counts): Endpoint[] {
  const guard = new Guard(flags.host)
  const intake = new Intake(counts)
  const folder = join(__dirname, 'viewer', 'page')
  const all: Endpoint[] = [
    {
      name: 'page and API',
      flag: 'port',
      port: flags.port,
      server: pageServer(folder, new Api(store, counts, intake), counts, guard),
      before: 'http://',
      after: '/',
    },
    {
      name: 'Jaeger, UDP',
      flag: 'udp-port',
      port: flags.udpPort,
      server: jaegerAgent(flags.host, store, counts),
    },
    {
      name: 'Jaeger, UDP, compact',
      flag: 'compact-port',
      port: flags.compactPort,
      server: jaegerAgent(flags.host, store, counts),
    },
    {
      name: 'Jaeger, HTTP',
      flag: 'http-port',
      port: flags.httpPort,
      server: jaegerCollector(store, counts, guard, intake),
      before: 'http://',
      after: '/api/traces',
    },
    {
      name: 'OpenTelemetry, HTTP',
      flag: 'otlp-port',
      port: flags.otlpPort,
      server: otlpCollector(store, counts, guard, intake),
      before: 'http://',
      after: '/v1/traces',
    },
  ]
  return all.filter(({ flag }) => !flags.closed.has(flag))
}

/** All of them, or none. */
async function listenOn(all: readonly Endpoint[], host: string): Promise<[name: string, address: string][]> {
  const addresses: [string, string][] = []
  try {
    for (const endpoint of all) addresses.push([endpoint.name, await listen(endpoint, host)])
    return addresses
  } catch (error) {
    for (const { server } of all.slice(0, addresses.length)) server.close()
    throw error
  }
}

async function end(keeper: Keeper | undefined): Promise<void> {
  await keeper?.close()
  process.exit()
}
