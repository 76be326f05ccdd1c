import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../../helpers/app.js'
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
