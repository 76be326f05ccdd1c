// Starts the viewer, and the shop and its stock with the agent; sends the shop a few requests, prints their traces, and
// goes on with a little traffic until it is stopped: `npm run demo`. With `--once` it ends there.
const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { join } = require('node:path')
const { setTimeout: wait } = require('node:timers/promises')
const { printTrace } = require('./tree.js')

const root = join(__dirname, '..')
const requests = [
  ['GET', '/shops/berlin/products/1'],
  ['GET', '/shops/berlin/products/9'],
  ['GET', '/shops/berlin/report'],
  ['POST', '/shops/berlin/orders', { product: '7' }],
  ['GET', '/nowhere'],
]
/** Milliseconds from one request of the traffic to the next. */
const PAUSE = 2_000

main()

async function main() {
  const isOnce = process.argv.includes('--once')
  const viewer = await startViewer()
  const stock = await startService('stock', viewer)
  const shop = await startService('shop', viewer, { STOCK_URL: stock.url })
  const all = [shop, stock, viewer]
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(all))

  for (const request of requests) await send(shop, request)
  for (const trace of await traces(viewer, requests.length)) printTrace(trace)
  if (isOnce) return stop(all)

  console.log(`\nSee them at ${viewer.url}, and new ones as they come. Ctrl+C ends it.`)
  for (let count = 0; ; count++) {
    await wait(PAUSE)
    await send(shop, requests[count % requests.length])
  }
}

async function startViewer() {
  const ports = ['port', 'udp-port', 'compact-port', 'http-port', 'otlp-port'].flatMap((flag) => [`--${flag}`, '0'])
  console.log('$ npx tracing view')
  const child = start([join(root, 'dist', 'cli.js'), 'view', ...ports])
  const text = await printed(child, /UDP.*\n[\s\S]*HTTP.*\n/)
  return { child, url: /http:\S+(?=\/\n)/.exec(text)[0], udpPort: /UDP.*:(\d+)$/m.exec(text)[1] }
}

async function startService(name, { udpPort }, environment = {}) {
  console.log(`$ node -r tracing/register examples/${name}.js`)
  const child = start(['-r', join(root, 'register.js'), join(__dirname, `${name}.js`)], {
    ...environment,
    TRACE_SERVICE_NAME: name,
    JAEGER_AGENT_HOST: '127.0.0.1',
    JAEGER_AGENT_PORT: udpPort,
    // In a test, Express does not print the stacks of errors, which would only hide the traces here.
    NODE_ENV: 'test',
    PORT: '0',
  })
  const [, port] = /(\d+)/.exec(await printed(child, /\d+/))
  return { child, url: `http://localhost:${port}` }
}

function start(args, environment = {}) {
  return spawn(process.execPath, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

async function printed(child, pattern) {
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    text += chunk
  })
  while (!pattern.test(text)) await Promise.race([once(child.stdout, 'data'), ended(child)])
  return text
}

async function ended(child) {
  const [code] = await once(child, 'exit')
  throw new Error(`${child.spawnargs.slice(1).join(' ')} ended with ${code}`)
}

async function send({ url }, [method, path, body]) {
  const json = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await fetch(url + path, { method, ...json })
  await response.arrayBuffer()
}

/** The traces that the viewer has, the oldest first, as soon as all are there with all of their spans. */
async function traces({ url }, count) {
  const changes = await fetch(`${url}/api/live`)
  for await (const _change of changes.body) {
    const response = await fetch(`${url}/api/traces?service=shop`)
    const { data } = await response.json()
    if (data.length === count && data.every(isWhole)) {
      return data.sort((one, other) => one.spans[0].startTime - other.spans[0].startTime)
    }
  }
}

/** Each call of the shop has a span of the stock below it. */
function isWhole({ spans }) {
  const calls = spans.filter(({ tags }) => tags.some(({ value }) => value === 'client'))
  return calls.every(({ spanID }) => spans.some(({ references }) => references.some((to) => to.spanID === spanID)))
}

async function stop(all) {
  for (const { child } of all) {
    if (child.exitCode === null && child.kill()) await once(child, 'exit')
  }
  process.exit()
}
