// Runs the shop with the agent, sends it a few requests, and shows their traces as the agent prints them.
const { spawn } = require('node:child_process')
const { once } = require('node:events')
const { join } = require('node:path')

const shop = join(__dirname, 'shop.js')
const requests = [
  ['GET', '/shops/berlin/products/1'],
  ['GET', '/shops/berlin/products/9'],
  ['GET', '/shops/berlin/report'],
  ['POST', '/shops/berlin/orders', { product: '7' }],
  ['GET', '/nowhere'],
]

async function main() {
  console.log('$ TRACE_TRACER=console node -r tracing/register examples/shop.js\n')
  const child = spawn(process.execPath, ['-r', join(__dirname, '..', 'register.js'), shop], {
    env: { TRACE_TRACER: 'console', TRACE_SERVICE_NAME: 'shop', ...process.env, NODE_ENV: 'production', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  const port = /\d+/.exec(line)[0]

  const shown = traces(child, requests.length)
  for (const [method, path, body] of requests) {
    const json = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const response = await fetch(`http://localhost:${port}${path}`, { method, ...json })
    await response.arrayBuffer()
  }
  await shown

  child.kill()
  await once(child, 'close')
}

/** Shows what the agent prints, until as many traces have come. */
async function traces(child, count) {
  let text = ''
  while (text.split('  trace ').length <= count) {
    const [chunk] = await once(child.stderr, 'data')
    text += chunk
  }
  // Express prints the stack of the error as well; here it would only hide the traces.
  console.log(text.replace(/^\w*Error: .*(\n {4}at .*)+\n/gm, ''))
}

main()
