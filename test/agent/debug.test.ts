import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { register, root, runScript, startApp } from '../helpers/app.js'
import { script, temporaryFolder } from '../helpers/folder.js'
import { freePort } from '../helpers/ports.js'
import { printed } from '../helpers/waiting.js'

test('TRACE_DEBUG says which patches the options leave out', async (t) => {
  const env = { TRACE_DEBUG: 'true', TRACE_DISABLE: 'express', TRACE_CLIENT: 'false' }

  const { stderr } = await runScript(t, '', { args: ['-e', '0'], env })

  assert.deepEqual(
    linesWith(stderr, ' is not traced: '),
    [
      'http-client is not traced: TRACE_CLIENT is false',
      'undici is not traced: TRACE_CLIENT is false',
      'undici/lib/dispatcher-base is not traced: TRACE_CLIENT is false',
      'undici/lib/dispatcher/dispatcher-base is not traced: TRACE_CLIENT is false',
      'express/lib/application is not traced: TRACE_DISABLE lists express',
      'express/lib/router is not traced: TRACE_DISABLE lists express',
      'express/lib/router/layer is not traced: TRACE_DISABLE lists express',
    ].map((line) => `tracing: ${line}`),
  )
})

test('TRACE_DEBUG says where the spans of which service go', async (t) => {
  const env = { TRACE_DEBUG: 'true', JAEGER_SERVICE_NAME: 'till' }
  const app = await startApp(t, 'http.js', { env })

  await app.get('/')

  const { collector } = app
  const [line] = await printed(app, /spans of .*/, 'stderr')
  assert.equal(line, `spans of "till" (JAEGER_SERVICE_NAME) go to 127.0.0.1:${collector.port} (UDP)`)
})

test('TRACE_DEBUG says what was loaded before the agent, and what it means', async (t) => {
  const early = `
    require(${JSON.stringify(join(root, 'node_modules', 'express'))})
    require('./own.js')
    require(${JSON.stringify(register)})
  `
  const folder = temporaryFolder(t, { 'app.js': early, 'own.js': '' })

  const { stderr } = await runScript(t, script(folder, 'app.js'), { node: [], env: { TRACE_DEBUG: 'true' } })

  assert.deepEqual(linesWith(stderr, 'express/lib/application'), [
    'tracing: express/lib/application was loaded before the agent: what has been set up with it by now may not be traced',
    linesWith(stderr, 'patched express/lib/application').at(0),
  ])
  assert.match(linesWith(stderr, ': loaded before the agent: ').join(), /: express, .* and \d+ more$/)
})

test('TRACE_DEBUG does not count the agent itself among what was loaded before it', async (t) => {
  const folder = temporaryFolder(t, { 'first.js': '' })
  const first = join(folder, 'first.js')
  const node = ['-r', first, '-r', register]

  const { stderr } = await runScript(t, '', { node, args: ['-e', '0'], env: { TRACE_DEBUG: 'true' } })

  assert.deepEqual(linesWith(stderr, 'loaded before'), [`tracing: loaded before the agent: ${first}`])
})

const ends: Record<string, [env: Record<string, string>, lines: string[]]> = {
  'what has been traced and sent': [
    {},
    ['1 requests, 0 of them not traced; 1 calls', '2 spans sent to 127.0.0.1:PORT (UDP), 0 lost'],
  ],
  'that the options leave all requests out': [
    { TRACE_EXCLUDE: '*', TRACE_CLIENT: 'false' },
    [
      '1 requests, 1 of them not traced; 0 calls',
      '0 spans sent to 127.0.0.1:PORT (UDP), 0 lost',
      'no request was traced: TRACE_ALL, TRACE_INCLUDE and TRACE_EXCLUDE leave them out, or there was no tracer for them',
    ],
  ],
  'that the sampler keeps none': [
    { JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '0' },
    [
      '1 requests, 0 of them not traced; 1 calls',
      '0 spans sent to 127.0.0.1:PORT (UDP), 0 lost',
      'no span was sent to 127.0.0.1:PORT (UDP): none was sampled, or none has ended',
    ],
  ],
}
for (const [title, [env, lines]] of Object.entries(ends)) {
  test(`TRACE_DEBUG says at the end ${title}`, async (t) => {
    const ended = await runScript(t, 'once.js', { env: { TRACE_DEBUG: 'true', ...env } })

    const said = ended.stderr.replaceAll(`:${ended.collector.port}`, ':PORT').trimEnd().split('\n')
    const last = said.slice(said.findIndex((line) => line.includes('at the end')))
    assert.deepEqual(
      last.map((line) => line.replace(/^tracing: (at the end: )?/, '')),
      lines,
    )
  })
}

test('TRACE_DEBUG says at the end that no server got a request', async (t) => {
  const { stderr } = await runScript(t, '', { args: ['-e', '0'], env: { TRACE_DEBUG: 'true' } })

  assert.deepEqual(stderr.trimEnd().split('\n').slice(-2), [
    'tracing: at the end: 0 requests, 0 of them not traced; 0 calls',
    'tracing: no request was traced: no http server of this process got one',
  ])
})

test('TRACE_DEBUG counts the spans that leave with process.exit()', async (t) => {
  const env = { TRACE_DEBUG: 'true', JAEGER_REPORTER_FLUSH_INTERVAL: '100000' }
  const app = await startApp(t, 'exit.js', { env })

  await app.get('/callback')
  const { stderr } = await app.ended()

  assert.match(stderr, /^tracing: at the end: 1 spans sent to /m)
})

test('TRACE_DEBUG counts as lost what still waits for an absent collector at the end', async (t) => {
  const endpoint = `http://127.0.0.1:${await freePort()}/api/traces`
  const env = { TRACE_DEBUG: 'true', JAEGER_ENDPOINT: endpoint }

  const { stderr } = await runScript(t, 'once.js', { env })

  assert.deepEqual(linesWith(stderr, 'spans sent to'), [
    `tracing: at the end: 0 spans sent to ${endpoint}, 2 lost: nobody listens there (ECONNREFUSED)`,
  ])
})

function linesWith(text: string, part: string): string[] {
  return text.split('\n').filter((line) => line.includes(part))
}
