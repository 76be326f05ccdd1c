import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { register, root, runScript, startApp } from '../helpers/app.js'
import { allSpans } from '../helpers/waiting.js'

const ways: Record<string, { node: string[]; env?: Record<string, string> }> = {
  '-r with a path': { node: ['-r', register] },
  '-r tracing/register': { node: ['-r', 'tracing/register'] },
  '--require': { node: [`--require=${register}`] },
  '--import with a path': { node: ['--import', register] },
  '--import tracing/register': { node: ['--import', 'tracing/register'] },
  'NODE_OPTIONS with -r': { node: [], env: { NODE_OPTIONS: `-r ${register}` } },
  'NODE_OPTIONS with --import': { node: [], env: { NODE_OPTIONS: `--import ${register}` } },
}
for (const [name, options] of Object.entries(ways)) {
  for (const script of ['http.js', 'http.mjs']) {
    test(`${name} traces ${script}, without a word on stdout or stderr`, async (t) => {
      const app = await startApp(t, script, options)

      const answer = await app.get('/')

      assert.equal(answer.body, 'hello')
      const [span] = await allSpans(app, 1)
      assert.equal(span?.operationName, 'GET')
      assert.equal(app.stdout, `listening on ${app.port}\n`)
      assert.equal(app.stderr, '')
    })
  }
}

const LOADED = "process.on('exit', () => console.log(JSON.stringify(Object.keys(require.cache))))"

for (const spelling of ['false', '0', 'no', 'off', 'FALSE', ' Off ']) {
  test(`TRACE_ENABLED="${spelling}" loads nothing but register.js`, async (t) => {
    const env = { TRACE_ENABLED: spelling, TRACE_EXCLUDE: '[', JAEGER_AGENT_PORT: 'abc' }

    const ended = await runScript(t, '', { env, args: ['-e', LOADED] })

    assert.deepEqual(JSON.parse(ended.stdout), [register])
    assert.equal(ended.stderr, '')
  })
}

test('TRACE_ENABLED=false leaves core modules as they are', async (t) => {
  const code = "require('http'); console.log(Object.hasOwn(require('net').Server.prototype, 'emit'))"

  const off = await runScript(t, '', { env: { TRACE_ENABLED: 'false' }, args: ['-e', code] })
  const on = await runScript(t, '', { args: ['-e', code] })

  assert.deepEqual([off.stdout, on.stdout], ['false\n', 'true\n'])
})

test('the main thread keeps its own process.chdir, which the module of worker threads replaces', async (t) => {
  const args = ['-e', 'console.log(process.chdir.name)']

  const traced = await runScript(t, '', { args })
  const plain = await runScript(t, '', { args, node: [] })

  assert.equal(traced.stdout, plain.stdout)
})

test('an app that requires packages and has printed nothing finds no stream that is open for it', async (t) => {
  const code = `
    require('opentracing')
    const { get } = Object.getOwnPropertyDescriptor(process, 'stderr')
    require('fs').writeSync(1, JSON.stringify([typeof get, process._getActiveHandles().length]))
  `

  const { stdout } = await runScript(t, '', { args: ['-e', code] })

  assert.deepEqual(JSON.parse(stdout), ['function', 0])
})

test('the global object is as without the agent', async (t) => {
  const args = ['-e', "require('opentracing'); console.log(Reflect.ownKeys(globalThis).map(String).join())"]

  const traced = await runScript(t, '', { args })
  const plain = await runScript(t, '', { args, node: [] })

  assert.equal(traced.stdout, plain.stdout)
})

test('a script that serves nothing costs no tracer, no word and no exit code', async (t) => {
  const ended = await runScript(t, '', { args: ['-e', '0'] })
  const { stdout } = await runScript(t, '', { args: ['-e', LOADED] })

  assert.deepEqual([ended.code, ended.signal, ended.stdout, ended.stderr], [0, null, '', ''])
  assert.deepEqual(JSON.parse(stdout), [register, join(root, 'dist', 'preload.js')])
})

test('a script that requires modules but serves nothing loads no tracer', async (t) => {
  const code = `require('node:fs'); require('express'); ${LOADED}`

  const { stdout, code: exitCode } = await runScript(t, '', { args: ['-e', code] })

  assert.equal(exitCode, 0)
  assert.doesNotMatch(stdout, /node_modules\/(jaeger-client|opentracing)\//)
})

test('a server that listens has its tracer before its first request', async (t) => {
  const code = `
    const server = require('node:http').createServer()
    server.listen(0, () => setTimeout(() => { server.close(); ${LOADED} }, 2))
  `

  const { stdout } = await runScript(t, '', { args: ['-e', code] })

  assert.match(stdout, /node_modules\/opentracing\//)
})
