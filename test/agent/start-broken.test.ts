import assert from 'node:assert/strict'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { register, root, runScript, startApp } from '../helpers/app.js'
import { installedCopy, temporaryFolder } from '../helpers/folder.js'
import { allSpans } from '../helpers/waiting.js'

test('on a Node that is too old, one line says so and nothing is loaded', async (t) => {
  const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '16.20.2' } })"
  const preload = join(temporaryFolder(t, { 'old.js': old }), 'old.js')
  const code = 'console.log(JSON.stringify(Object.keys(require.cache)))'

  const ended = await runScript(t, '', { node: ['-r', preload, '-r', register], args: ['-e', code] })

  assert.equal(ended.code, 0)
  assert.deepEqual(JSON.parse(ended.stdout), [preload, register])
  assert.equal(ended.stderr, 'tracing: Node 16.20.2 is too old, 18 is needed; nothing is traced\n')
})

/** Values that nobody can mean. */
const bad: Record<string, string> = {
  TRACE_ENABLED: 'maybe',
  TRACE_ALL: 'some',
  TRACE_EXCLUDE: 'metrics',
  TRACE_INCLUDE: '~(',
  TRACE_TAGS: '__proto__.x',
  TRACE_OPERATION: 'verb',
  TRACE_QUERY: 'half',
  TRACE_ERROR_STATUS: '5xx',
  TRACE_INCOMING: 'trust',
  TRACE_DEBUG_ID: '2',
  TRACE_FLUSH_TIMEOUT: '-1',
  TRACE_FLUSH_SIGNALS: 'SIGKILL',
  TRACE_DEBUG: 'loud',
}
test('each option that is wrong is one line with its name, its value and what is allowed, and the app runs', async (t) => {
  const app = await startApp(t, 'http.js', { env: bad })

  const answer = await app.get('/')

  assert.deepEqual([answer.status, answer.body], [200, 'hello'])
  await allSpans(app, 1)
  const lines = app.stderr.trimEnd().split('\n')
  assert.equal(lines.length, Object.keys(bad).length, app.stderr)
  for (const [variable, value] of Object.entries(bad)) {
    const line = lines.find((line) => new RegExp(`^tracing: ${variable}[=:]`).test(line)) ?? ''
    assert.ok(line.includes(JSON.stringify(value)), `${variable}: ${line}`)
    assert.match(line, / is not .+/)
  }
})

const badJaeger = [
  'JAEGER_AGENT_PORT=abc',
  'JAEGER_AGENT_PORT=99999',
  'JAEGER_SAMPLER_TYPE=sometimes',
  'JAEGER_TAGS=foo',
]
for (const setting of [...badJaeger, 'JAEGER_ENDPOINT=not a url', 'JAEGER_SAMPLER_PARAM=lots']) {
  test(`${setting} is one line on stderr, and the app answers`, async (t) => {
    const [variable = '', value = ''] = setting.split('=')
    const app = await startApp(t, 'http.js', { env: { [variable]: value } })

    const answers = [await app.get('/'), await app.get('/')]
    const ended = await app.stop()

    for (const { status, body } of answers) assert.deepEqual([status, body], [200, 'hello'])
    const lines = ended.stderr.split('\n').filter((line) => line.includes(variable))
    assert.equal(lines.length, 1, ended.stderr)
    assert.ok(lines[0]?.includes(JSON.stringify(value)), ended.stderr)
    assert.equal(ended.signal, 'SIGTERM')
  })
}

test('a stderr that cannot be written to harms nobody', async (t) => {
  const app = join(root, 'test', 'apps', 'once.js')
  const code = `
    const stdio = ['ignore', 'inherit', require('node:fs').openSync('/dev/null', 'r')]
    const { status } = require('node:child_process').spawnSync(process.execPath, ${JSON.stringify(['-r', register, app])}, { stdio })
    console.log('ended with', status)
  `
  const env = { TRACE_DEBUG: 'true', TRACE_EXCLUDE: '[' }

  const ended = await runScript(t, '', { node: [], args: ['-e', code], env })

  assert.equal(ended.stdout, 'hello\nended with 0\n')
  await ended.collector.take(1)
})

test('an agent that is broken leaves the app alone, but for one line', async (t) => {
  const copy = installedCopy(t)
  writeFileSync(join(copy, 'dist', 'agent.js'), "throw new Error('broken\\nin two lines')")
  const app = await startApp(t, 'http.js', { node: ['-r', join(copy, 'register.js')] })

  const answers = [await app.get('/'), await app.get('/')]
  const ended = await app.stop()

  for (const { status, body } of answers) assert.deepEqual([status, body], [200, 'hello'])
  assert.equal(ended.stderr, 'tracing: could not start, nothing is traced: broken\n')
  assert.equal(ended.signal, 'SIGTERM')
})

test('an installation without any file that it needs leaves the app alone', async (t) => {
  const copy = installedCopy(t)
  rmSync(join(copy, 'dist'), { recursive: true })
  const app = await startApp(t, 'http.js', { node: ['-r', join(copy, 'register.js')] })

  assert.equal((await app.get('/')).body, 'hello')

  assert.match(app.stderr, /^tracing: could not start, nothing is traced: .*\n$/)
})

const dependencies = ['shimmer', 'require-in-the-middle', 'opentracing', 'jaeger-client']
for (const missing of dependencies) {
  test(`an installation without ${missing} leaves the app alone, but for one line`, async (t) => {
    const copy = installedCopy(t)
    const modules = join(copy, 'node_modules')
    rmSync(modules)
    mkdirSync(modules)
    for (const name of dependencies) {
      if (name !== missing) symlinkSync(join(root, 'node_modules', name), join(modules, name), 'dir')
    }
    const app = await startApp(t, 'http.js', { node: ['-r', join(copy, 'register.js')] })

    const answers = [await app.get('/'), await app.get('/')]
    const ended = await app.stop()

    for (const { status, body } of answers) assert.deepEqual([status, body], [200, 'hello'])
    assert.match(ended.stderr, new RegExp(`^tracing: .*${missing}.*\\n$`))
    assert.equal(ended.signal, 'SIGTERM')
  })
}
