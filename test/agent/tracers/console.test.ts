import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { root, startApp } from '../../helpers/app.js'
import { printed } from '../../helpers/waiting.js'

const env = { TRACE_TRACER: 'console', TRACE_SERVICE_NAME: 'shop' }

test('a finished trace is a tree on stderr', async (t) => {
  const app = await startApp(t, 'nested.js', { env })

  await app.get('/users/1')

  await printed(app, /look up.*\n/, 'stderr')
  const lines = app.stderr
    .replaceAll(/\d+\.\d ms/g, '1.0 ms')
    .replaceAll(/[\da-f]{15,16}/g, 'id')
    .split('\n')
  assert.deepEqual(lines, [
    `GET  200  1.0 ms  http://127.0.0.1:${app.port}/users/1  shop  trace id`,
    '└─ load  1.0 ms',
    '   └─ look up  200  1.0 ms',
    '',
  ])
  assert.equal(app.stdout, `listening on ${app.port}\n`)
})

test('the text of a span can neither begin a line nor steer the terminal', async (t) => {
  const app = await startApp(t, 'nested.js', { env })

  await app.get('/hostile')

  await printed(app, /forged.*\n/, 'stderr')
  assert.match(app.stderr, /^└─ Error: first··\[2JGET \/forged {2}200$/m)
  assert.match(app.stderr, /^GET {2}500/m)
})

for (const [variable, isColoured] of [
  ['FORCE_COLOR', true],
  ['NO_COLOR', false],
] as const) {
  test(`${variable} decides on the colours of the tree`, async (t) => {
    const app = await startApp(t, 'nested.js', { env: { ...env, FORCE_COLOR: '1', [variable]: '1' } })

    await app.get('/')

    await printed(app, /look up.*\n/, 'stderr')
    assert.equal(app.stderr.includes('\u001b['), isColoured)
  })
}

test('the demo shows one trace through both of its services, and ends', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'examples', 'demo.js')])

  const [commands, product, , , order] = stdout.replaceAll(/ {2}\d+\.\d ms|:\d{4,}/g, '').split('\n\n')
  assert.match(String(commands), /^\$ .* examples\/stock\.js\n\$ .* examples\/shop\.js$/)
  assert.deepEqual(linesOf(product), [
    'GET /shops/:shop/products/:id  200  http://localhost/shops/berlin/products/1  shop  trace id',
    '└─ GET  200  http://localhost/stock/1',
    '   └─ GET /stock/:product  200  http://localhost/stock/1  stock  trace id',
  ])
  assert.deepEqual(linesOf(order), [
    'POST /shops/:shop/orders  500  http://localhost/shops/berlin/orders  shop  trace id',
    '├─ GET  404  http://localhost/stock/7',
    '│  └─ GET /stock/:product  404  http://localhost/stock/7  stock  trace id',
    '└─ RangeError: cannot order product 7',
  ])
  assert.match(stdout, /^GET {2}404 .*\/nowhere/m)
})

/** With `id` for the first trace's, wherever it comes again. */
function linesOf(trace = ''): string[] {
  const [, id = ''] = /trace (\w+)/.exec(trace) ?? []
  return trace.replaceAll(id, 'id').split('\n')
}
