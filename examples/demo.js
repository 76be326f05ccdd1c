// Runs the shop and its stock with the agent, sends the shop a few requests, and shows what the two agents print of
// them, put together: what the stock does stands below the shop's call that led to it.
const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { join } = require('node:path')

const requests = [
  ['GET', '/shops/berlin/products/1'],
  ['GET', '/shops/berlin/products/9'],
  ['GET', '/shops/berlin/report'],
  ['POST', '/shops/berlin/orders', { product: '7' }],
  ['GET', '/nowhere'],
]

async function main() {
  const stock = await start('stock')
  const shop = await start('shop', { STOCK_URL: stock.url })

  for (const [method, path, body] of requests) {
    const json = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(shop.url + path, { method, ...json })
    await response.arrayBuffer()
  }

  const lines = await traces(shop, requests.length)
  const calls = lines.filter((line) => line.includes(stock.url))
  show(lines, stock.url, await traces(stock, calls.length))

  for (const { child } of [shop, stock]) {
    child.kill()
    await once(child, 'close')
  }
}

async function start(name, environment) {
  console.log(`$ TRACE_TRACER=console node -r tracing/register examples/${name}.js`)
  const child = spawn(process.execPath, ['-r', join(__dirname, '..', 'register.js'), join(__dirname, `${name}.js`)], {
    // In a test, Express does not print the stacks of errors, which would only hide the traces here.
    env: {
      ...process.env,
      ...environment,
      TRACE_TRACER: 'console',
      TRACE_SERVICE_NAME: name,
      NO_COLOR: '1',
      NODE_ENV: 'test',
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  return { child, url: `http://localhost:${/\d+/.exec(line)[0]}` }
}

/** The lines that the agent prints, as soon as there are as many traces. */
async function traces({ child }, count) {
  let text = ''
  for await (const chunk of child.stderr.setEncoding('utf8')) {
    text += chunk
    if (text.split('  trace ').length > count) return text.trimEnd().split('\n')
  }
  throw new Error(`it ended before its traces were there: ${text}`)
}

function show(lines, url, others) {
  let trace
  for (const line of lines) {
    trace = /trace \w+$/.exec(line)?.[0] ?? trace
    if (line.endsWith(trace)) console.log()
    console.log(line)
    if (!line.includes(url)) continue
    const indent = /^[ │├└─]*/.exec(line)[0].replace('├─', '│ ').replace('└─', '  ')
    console.log(`${indent}└─ ${others.find((other) => other.endsWith(trace))}`)
  }
}

main()
