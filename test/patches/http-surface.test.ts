import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { printed } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'

test('an app finds on its requests, responses, sockets and server what it finds without the agent', async (t) => {
  const [traced, plain] = await both(t, (port) => [
    'POST / HTTP/1.1',
    `Host: test:${port}`,
    'Content-Length: 4',
    '',
    'body',
  ])

  assert.deepEqual(different(traced, plain), [])
})

test('an app finds on an upgrade what it finds without the agent', async (t) => {
  const [traced, plain] = await both(t, (port) => [
    'GET / HTTP/1.1',
    `Host: test:${port}`,
    'Connection: Upgrade',
    'Upgrade: x',
  ])

  assert.deepEqual(different(traced, plain), [])
})

test('the answer is byte for byte that of a run without the agent', async (t) => {
  const requests = [
    ['GET / HTTP/1.1', 'Host: test', 'uber-trace-id: 1:2:0:1', 'uberctx-key: value', 'Connection: close'],
    ['HEAD / HTTP/1.1', 'Host: test', 'Connection: close'],
    ['GET / HTTP/1.0'],
    ['GET /trailers HTTP/1.1', 'Host: test', 'Connection: close'],
    ['GET /teapot HTTP/1.1', 'Host: test', 'Connection: close'],
    ['GET /hints HTTP/1.1', 'Host: test', 'Connection: close'],
    ['GET /destroy-half HTTP/1.1', 'Host: test'],
  ]
  const apps = [await startApp(t, 'answers.js'), await startApp(t, 'answers.js', { node: [] })]

  for (const lines of requests) {
    const [traced, plain] = await Promise.all(
      apps.map(async ({ port }) => {
        const wire = await Wire.open(t, port)
        wire.ask(...lines)
        return (await wire.closed()).replace(/^Date: .*$/m, 'Date:')
      }),
    )
    assert.equal(traced, plain, lines[0])
  }
  assert.equal(apps[0]?.stdout.replace(/\d+/, ''), apps[1]?.stdout.replace(/\d+/, ''))
})

/** Lines of one that the other has not; whole texts would be too long to read in a failure. */
function different(one = '', other = ''): string[] {
  const [lines, others] = [one.split('\n'), other.split('\n')]
  if (lines.length !== others.length) return [`${lines.length} lines`, `${others.length} lines`]
  return lines.filter((line, index) => line !== others[index])
}

/** What the app says of itself, with and without the agent. */
async function both(t: TestContext, head: (port: number) => string[]): Promise<string[]> {
  return Promise.all(
    [undefined, { node: [] }].map(async (options) => {
      const app = await startApp(t, 'surface.js', options)
      const wire = await Wire.open(t, app.port)
      wire.ask(...head(app.port))
      await printed(app, /^done$/m)
      return app.stdout.replaceAll(String(app.port), 'PORT')
    }),
  )
}
