import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { startCollector } from '../agent/tracers/jaeger/receivers.js'
import { root } from '../helpers/app.js'
import { startCollector as startAgent } from '../helpers/collector.js'
import { runCommand } from '../helpers/command.js'
import { appFolder } from '../helpers/folder.js'
import { freePort } from '../helpers/ports.js'
import { row, verdict } from './report.js'

const NODE_OPTIONS = '-r tracing/register'
const TROUBLE = join(root, 'docs', 'troubleshooting.md')

test('where all is well, doctor sends a span, says how to find it, and ends with 0', async (t) => {
  const agent = await startAgent(t)
  const cwd = appFolder(t)
  const env = { NODE_OPTIONS, JAEGER_AGENT_HOST: '127.0.0.1', JAEGER_AGENT_PORT: String(agent.port) }

  const { code, stdout, stderr } = await runCommand(['doctor'], { cwd, env })

  assert.deepEqual([code, stderr], [0, ''])
  const [span] = await agent.take(1)
  assert.equal(agent.spans.length, 1)
  assert.deepEqual([span?.operationName, span?.service], ['tracing doctor', 'shop'])
  assert.doesNotMatch(stdout, /✗|!/)
  assert.equal(
    row(stdout, `127.0.0.1:${agent.port} (UDP)`),
    '✓ was sent a span, and did not refuse it; packets are not answered',
  )
  const id = String(span?.traceId).padStart(16, '0')
  assert.equal(
    verdict(stdout),
    'A trace would arrive, as far as can be told from here. ' +
      `Look for service "shop", operation "tracing doctor", trace ${id}. Where an app's own are missing: ${TROUBLE}`,
  )
})

test('where nobody listens, doctor says so, and ends with 1', async (t) => {
  const port = await freePort()
  const env = { NODE_OPTIONS, JAEGER_AGENT_HOST: '127.0.0.1', JAEGER_AGENT_PORT: String(port) }

  const { code, stdout, stderr } = await runCommand(['doctor'], { cwd: appFolder(t), env })

  assert.deepEqual([code, stderr], [1, ''])
  const address = `127.0.0.1:${port} (UDP)`
  assert.equal(row(stdout, address), '✗ has not taken a span: nobody listens there (ECONNREFUSED)')
  assert.match(row(stdout, 'without a backend'), /npx tracing view .* TRACE_TRACER=console/)
  assert.equal(
    verdict(stdout),
    `No trace would arrive, because of what is marked ✗: ${address}. What helps: ${TROUBLE}`,
  )
})

test('a host without an address is said', async (t) => {
  const env = { NODE_OPTIONS, JAEGER_AGENT_HOST: 'jaeger.invalid' }

  const { code, stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env })

  assert.equal(code, 1)
  assert.match(row(stdout, 'jaeger.invalid:6832 (UDP)'), /^✗ has not taken a span: the host is not found \(E\w+\)$/)
})

for (const [status, code, text] of [
  [202, 0, '✓ has taken a span: it answers 202'],
  [404, 1, '✗ has not taken a span: it answers 404'],
  [503, 1, '✗ has not taken a span: it answers 503'],
] as const) {
  test(`a collector that answers ${status} is said, and doctor ends with ${code}`, async (t) => {
    const collector = await startCollector(t, (res) => res.writeHead(status).end())
    const env = { NODE_OPTIONS, JAEGER_ENDPOINT: collector.url }

    const ended = await runCommand(['doctor'], { cwd: appFolder(t), env })

    assert.deepEqual([ended.code, ended.stderr], [code, ''])
    assert.equal(row(ended.stdout, `${collector.url}/api/traces`), text)
    const { batch } = await collector.posts.next()
    assert.equal(batch.spans[0]?.operationName, 'tracing doctor')
    assert.match(verdict(ended.stdout), code === 0 ? /^A trace would arrive\. / : /^No trace would arrive/)
  })
}

test('a collector that never answers is given up on', async (t) => {
  const collector = await startCollector(t, () => {})
  const env = { NODE_OPTIONS, JAEGER_ENDPOINT: collector.url, JAEGER_REPORTER_TIMEOUT: '60000' }

  const { code, stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env })

  assert.equal(code, 1)
  assert.equal(row(stdout, `${collector.url}/api/traces`), '✗ has not taken a span: no answer in time')
})

for (const [settings, grade, code] of [
  ['JAEGER_SAMPLER_TYPE=const, JAEGER_SAMPLER_PARAM=0', '✗ keeps no trace', 1],
  ['JAEGER_SAMPLER_TYPE=probabilistic, JAEGER_SAMPLER_PARAM=0.0', '✗ keeps no trace', 1],
  [
    'JAEGER_SAMPLER_TYPE=probabilistic, JAEGER_SAMPLER_PARAM=1e-12',
    '! does not keep every trace, and would have dropped this one',
    0,
  ],
] as const) {
  test(`${settings}: the sampler is said, and a span is sent all the same`, async (t) => {
    const agent = await startAgent(t)
    const sampler = Object.fromEntries(settings.split(', ').map((setting) => setting.split('=')))
    const env = { NODE_OPTIONS, JAEGER_AGENT_PORT: String(agent.port), ...sampler }

    const ended = await runCommand(['doctor'], { cwd: appFolder(t), env })

    assert.equal(ended.code, code)
    assert.equal(row(ended.stdout, 'sampler'), `${grade}: ${settings}`)
    await agent.take(1, ({ operationName }) => operationName === 'tracing doctor')
  })
}

const silent: Record<string, Record<string, string>> = {
  'TRACE_ENABLED=false': { TRACE_ENABLED: 'false' },
  'TRACE_TRACER=noop': { TRACE_TRACER: 'noop' },
  'JAEGER_DISABLED=true': { JAEGER_DISABLED: 'true' },
}
for (const [setting, variables] of Object.entries(silent)) {
  test(`${setting}: no trace would arrive`, async (t) => {
    const agent = await startAgent(t)
    const env = { NODE_OPTIONS, JAEGER_AGENT_PORT: String(agent.port), ...variables }

    const { code, stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env })

    assert.equal(code, 1)
    assert.match(verdict(stdout), /^No trace would arrive, because of what is marked ✗: (TRACE_ENABLED|noop|jaeger)\./)
  })
}

test('TRACE_TRACER=console prints the span, on stderr', async (t) => {
  const env = { NODE_OPTIONS, TRACE_TRACER: 'console' }

  const { code, stdout, stderr } = await runCommand(['doctor'], { cwd: appFolder(t), env })

  assert.equal(code, 0)
  assert.equal(row(stdout, 'stderr'), '✓ has taken a span')
  const [, id] = /^tracing doctor .* shop {2}trace (\w+)\n$/.exec(stderr) ?? []
  assert.ok(id !== undefined && verdict(stdout).includes(`trace ${id}`), stderr)
})

test('of several tracers, each says what has become of the span', async (t) => {
  const agent = await startAgent(t)
  const env = { NODE_OPTIONS, TRACE_TRACER: 'jaeger,console', JAEGER_AGENT_PORT: String(agent.port) }

  const { code, stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env })

  assert.equal(code, 0)
  assert.match(row(stdout, `127.0.0.1:${agent.port} (UDP)`), /^✓ was sent a span/)
  assert.equal(row(stdout, 'stderr'), '✓ has taken a span')
  await agent.take(1)
})

test('of several tracers that do not tell, doctor claims nothing', async (t) => {
  const source = `const { Tracer } = require('opentracing')
    module.exports = new (class extends Tracer {})()`
  const cwd = appFolder(t, { 'one.js': source, 'other.js': source }, ['express', 'opentracing'])

  const { code, stdout } = await runCommand(['doctor'], {
    cwd,
    env: { NODE_OPTIONS, TRACE_TRACER: './one.js,./other.js' },
  })

  assert.equal(code, 0)
  assert.match(verdict(stdout), /^A trace would arrive, as far as can be told from here\./)
})

test('TRACE_TRACER=global cannot be tried without the app', async (t) => {
  const env = { NODE_OPTIONS, TRACE_TRACER: 'global' }

  const { code, stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env })

  assert.equal(code, 0)
  assert.equal(row(stdout, 'global'), ' the app makes this tracer: it cannot be tried here')
  assert.doesNotMatch(verdict(stdout), /Look for/)
})

const tracers: Record<string, [source: string, code: number, text: RegExp]> = {
  'that takes the span and keeps the process alive': [
    `setInterval(() => {}, 1000)
    const { Tracer } = require('opentracing')
    module.exports = new (class extends Tracer {})()`,
    0,
    /^ has taken a span; what becomes of it only the tracer knows$/,
  ],
  'that throws when a span starts': [
    'module.exports = { startSpan() { throw new Error("out of order") } }',
    1,
    /^✗ the tracer failed in startSpan\(\): out of order$/,
  ],
  'that fails when nobody can catch it': [
    `const { Tracer } = require('opentracing')
    module.exports = new (class extends Tracer {
      flush() { Promise.reject(new Error('no such host')) }
    })()`,
    1,
    /^✗ the tracer failed: no such host$/,
  ],
}
for (const [title, [source, code, text]] of Object.entries(tracers)) {
  test(`of a tracer of one's own ${title}, doctor says what is known`, async (t) => {
    const cwd = appFolder(t, { 'tracer.js': source }, ['express', 'opentracing'])

    const ended = await runCommand(['doctor'], { cwd, env: { NODE_OPTIONS, TRACE_TRACER: './tracer.js' } })

    assert.equal(ended.code, code, ended.stdout)
    assert.match(row(ended.stdout, './tracer.js'), text)
    assert.equal(ended.stderr, '')
  })
}

for (const [variables, isColoured] of [
  [{}, false],
  [{ FORCE_COLOR: '1' }, true],
  [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
] as const) {
  test(`with ${JSON.stringify(variables)}, doctor has ${isColoured ? 'colours' : 'no colours'} in a pipe`, async (t) => {
    const { stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env: { ...variables, TRACE_TRACER: 'noop' } })

    assert.equal(stdout.includes('\u001b['), isColoured)
  })
}
