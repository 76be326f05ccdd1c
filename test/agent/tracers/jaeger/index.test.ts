import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { DecodedSpan } from './decoders.js'
import { run, startAgent, tagsOf } from './receivers.js'

const HOSTILE_HEADERS = ['1:1:0:ffffffffff', '1:1:0:80000000', '1:1:0:1e400', '1xyz:1:0:1', '-1:1:0:1', '0x12:1:0:1']

test('J1, J2: one hostile header costs no other span, and not its own', async (t) => {
  const { code, spans } = await runWithAgent(
    t,
    `for (const header of ${JSON.stringify(HOSTILE_HEADERS)}) {
      const parent = tracer.extract('http_headers', { 'uber-trace-id': header })
      tracer.startSpan(header, { childOf: parent }).finish()
    }`,
  )

  assert.equal(code, 0)
  assert.deepEqual(
    spans.map(({ operationName }) => operationName),
    HOSTILE_HEADERS,
  )
  for (const span of spans) assert.equal(span.parentSpanId, '0000000000000000')
})

test('J2: a caller who says that the trace is not sampled is obeyed', async (t) => {
  const { spans } = await runWithAgent(
    t,
    `const parent = tracer.extract('http_headers', { 'uber-trace-id': '1:1:0:0' })
    tracer.startSpan('unsampled', { childOf: parent }).finish()
    tracer.startSpan('sampled').finish()`,
  )

  assert.deepEqual(
    spans.map(({ operationName }) => operationName),
    ['sampled'],
  )
})

test('J3: what goes on downstream is written anew from parsed ids', async (t) => {
  const { stdout } = await runWithAgent(
    t,
    `for (const header of ['ABC%3ADEF:0:f1', '1.5:1:0:1', 'f'.repeat(4000) + ':1:0:1']) {
      const parent = tracer.extract('http_headers', { 'uber-trace-id': header })
      const headers = {}
      tracer.inject(tracer.startSpan('x', { childOf: parent }).context(), 'text_map', headers)
      console.log(headers['uber-trace-id'])
    }`,
  )

  const [continued, ...anew] = stdout.trim().split('\n')
  assert.match(continued ?? '', /^abc:[\da-f]{1,16}:def:1$/)
  assert.equal(anew.length, 2)
  for (const header of anew) assert.match(header, /^([\da-f]{1,16}):\1:0:1$/)
})

test('J4: a header that is no text is no header', async (t) => {
  const { code, stdout } = await runWithAgent(
    t,
    `for (const value of [['1:1:0:1'], undefined, 5, {}, null]) {
      console.log(tracer.extract('http_headers', { 'uber-trace-id': value }))
    }
    console.log(tracer.extract('http_headers', null), tracer.extract('text_map', undefined))
    tracer.inject(tracer.startSpan('x').context(), 'http_headers', null)`,
  )

  assert.equal(code, 0)
  assert.equal(stdout, `${'null\n'.repeat(5)}null null\n`)
})

test('J5: no value of a tag or log makes finish() throw', async (t) => {
  const { code, stderr, spans } = await runWithAgent(
    t,
    `const circle = {}; circle.circle = circle
    const revoked = Proxy.revocable({}, {}); revoked.revoke()
    const values = [circle, { a: 1n }, { toJSON() { throw 1 } }, { get a() { throw 1 } }, revoked.proxy,
      new Proxy({}, { ownKeys() { throw 1 }, get() { throw 1 } }), Symbol('s'), () => {}, 2n ** 3000n]
    for (const value of values) tracer.startSpan('x', { tags: { value } }).log({ value }).finish()`,
  )

  assert.equal(code, 0)
  assert.equal(stderr, '')
  assert.equal(spans.length, 9)
})

test('J6: a huge tag or name, or a name that is none, still makes a span', async (t) => {
  const { spans } = await runWithAgent(
    t,
    `tracer.startSpan('x', { tags: { huge: 'x'.repeat(70000) } }).finish()
    tracer.startSpan('x'.repeat(1000000)).finish()
    tracer.startSpan(undefined).finish()
    tracer.startSpan(5).finish()`,
  )

  assert.deepEqual(
    spans.map(({ operationName }) => operationName.slice(0, 9)),
    ['x', 'xxxxxxxxx', 'undefined', '5'],
  )
})

test('J8: a port that is none is said, and the app runs', async () => {
  const { code, stderr } = await run(`tracer.startSpan('x').finish(); setTimeout(() => {}, 400)`, {
    JAEGER_AGENT_PORT: '99999',
  })

  assert.equal(code, 0)
  assert.match(stderr, /^tracing: JAEGER_AGENT_PORT="99999" is not a port from 1 to 65535; using 6832\n/)
})

test('J9: what jaeger-client throws on at start is said, and the other options stand', async (t) => {
  const { code, stderr, spans, processTags } = await runWithAgent(t, `tracer.startSpan('x').finish()`, {
    JAEGER_TAGS: `foo,,a=x=y,=z,b=\${NOT_SET:none}`,
    JAEGER_SAMPLER_TYPE: 'probabilistic',
    JAEGER_AGENT_SOCKET_TYPE: 'tcp',
  })

  assert.equal(code, 0)
  assert.deepEqual(stderr.trim().split('\n'), [
    'tracing: JAEGER_AGENT_SOCKET_TYPE="tcp" is not udp4 or udp6; using what fits the host',
    'tracing: JAEGER_SAMPLER_TYPE=probabilistic needs JAEGER_SAMPLER_PARAM, a number from 0 to 1; using 1',
    'tracing: JAEGER_TAGS="foo" is not key=value; using the other entries',
    'tracing: JAEGER_TAGS="=z" is not key=value; using the other entries',
  ])
  assert.equal(spans.length, 1)
  assert.deepEqual([processTags.get('a'), processTags.get('b')], ['x=y', 'none'])
})

test('J10: an agent at ::1 is reached', async (t) => {
  const agent = await startAgent(t, '::1')
  await run(`tracer.startSpan('x').finish(); backend.flushNow()`, {
    JAEGER_AGENT_HOST: '[::1]',
    JAEGER_AGENT_SOCKET_TYPE: 'udp4',
    JAEGER_AGENT_PORT: String(agent.port),
  })

  assert.equal((await agent.batch()).spans.length, 1)
})

test('J11: the backend keeps no process alive', async (t) => {
  const agent = await startAgent(t)
  const environments: Record<string, string>[] = [
    { JAEGER_AGENT_PORT: String(agent.port) },
    { JAEGER_ENDPOINT: 'http://127.0.0.1:1' },
    { JAEGER_SAMPLER_TYPE: 'remote', JAEGER_SAMPLER_PARAM: '1', JAEGER_SAMPLER_PORT: '1' },
    { JAEGER_REPORTER_FLUSH_INTERVAL: '2147483647' },
    { JAEGER_DISABLED: 'TRUE' },
  ]
  for (const environment of environments) {
    const { code, stdout } = await run(
      `tracer.startSpan('x').finish()
      process.on('exit', () => console.log(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')))
      const started = performance.now()
      process.on('exit', () => console.log(performance.now() - started < 1000))`,
      environment,
    )

    assert.equal(code, 0)
    assert.equal(stdout, '[]\ntrue\n')
  }
})

test('J12: JAEGER_REPORTER_LOG_SPANS=false means false', async (t) => {
  const silent = await runWithAgent(t, `tracer.startSpan('x').finish()`, { JAEGER_REPORTER_LOG_SPANS: 'false' })
  const telling = await runWithAgent(t, `tracer.startSpan('a\\nb').finish()`, { JAEGER_REPORTER_LOG_SPANS: 'true' })

  assert.equal(silent.stderr, '')
  assert.match(telling.stderr, /^tracing: span "a\\nb" [\da-f]+:[\da-f]+:0:1 [\d.]+ ms\n/)
})

test('J13: jaeger-debug-id forces a trace only where that is allowed', async (t) => {
  const script = `for (const id of ['find-me', 'x'.repeat(8000)]) {
      const parent = tracer.extract('http_headers', { 'jaeger-debug-id': id, 'uberctx-user': 'ann' })
      const span = tracer.startSpan('x', { childOf: parent })
      console.log(span.getBaggageItem('user'))
      span.finish()
    }
    tracer.startSpan('last', { tags: { 'sampling.priority': 1 } }).finish()`
  const never = { JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '0' }

  const refused = await runWithAgent(t, script, never)
  const allowed = await runWithAgent(t, script, { ...never, DEBUG_ID: 'true' })

  assert.equal(refused.stdout, 'ann\nann\n')
  assert.deepEqual(refused.spans.map(tagsOf), [{ 'sampling.priority': 1 }])
  assert.deepEqual(allowed.spans.map(tagsOf), [{ 'jaeger-debug-id': 'find-me' }, { 'sampling.priority': 1 }])
})

test('J14: a host name is looked up once, not for each packet', async (t) => {
  const before = `const dns = require('node:dns'); let lookUps = 0
    dns.lookup = (name, options, answer) => { lookUps++; setImmediate(answer, null, [{ address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 }]) }`
  const { code, stdout, spans } = await runWithAgent(
    t,
    `tracer.startSpan('early').finish()
    backend.flush(1000, () => {
      for (let count = 0; count < 20; count++) {
        tracer.startSpan('x').finish()
        backend.flushNow()
      }
      console.log(lookUps)
    })`,
    { JAEGER_AGENT_HOST: 'jaeger.example' },
    before,
  )

  assert.equal(code, 0)
  assert.equal(stdout, '1\n')
  assert.equal(spans.length, 21)
})

test('the process says who it is, and where', async (t) => {
  const { service, processTags } = await runWithAgent(t, `tracer.startSpan('x').finish()`)

  assert.equal(service, 'shop')
  assert.deepEqual([...processTags.keys()].sort(), ['client-uuid', 'hostname', 'ip', 'jaeger.version'])
})

test('times have microseconds, and a span ends after its child', async (t) => {
  const { spans } = await runWithAgent(
    t,
    `const parent = tracer.startSpan('parent')
    for (let count = 0; count < 50; count++) tracer.startSpan('child', { childOf: parent }).finish()
    parent.finish()`,
  )

  const parent = spans.find(({ operationName }) => operationName === 'parent')
  assert.ok(parent)
  assert.ok(spans.some(({ startTime }) => startTime % 1_000 !== 0))
  for (const { startTime, duration } of spans) {
    assert.ok(startTime >= parent.startTime)
    assert.ok(startTime + duration <= parent.startTime + parent.duration + 1)
  }
})

test('loading the tracer does not load thriftrw, a sampler that is not asked for, or a transport that is not used', async () => {
  const { stdout } = await run(`console.log(Object.keys(require.cache).join('\\n'))`)

  assert.match(stdout, /jaeger-client/)
  assert.doesNotMatch(stdout, /thriftrw|bufrw|remote_sampler\.|probabilistic_sampler|remote_reporter|jaeger\/http/)
})

test('JAEGER_DISABLED in any case makes a tracer that does nothing', async () => {
  const { code, stdout } = await run(
    `tracer.startSpan('x').finish()
    backend.flushNow()
    backend.flush(1000, () => console.log(tracer.constructor === require('opentracing').Tracer))`,
    { JAEGER_DISABLED: 'True' },
  )

  assert.equal(code, 0)
  assert.equal(stdout, 'true\n')
})

/** Runs a script, flushes at its exit, and answers what arrived, up to a last span that tells the end. */
async function runWithAgent(t: TestContext, script: string, environment: Record<string, string> = {}, before = '') {
  const agent = await startAgent(t)
  const end = `process.on('exit', () => {
    const last = tracer.startSpan('the end', { tags: { 'sampling.priority': 1 } })
    last.finish()
    backend.flushNow()
  });`
  const ended = await run(end + script, { JAEGER_AGENT_PORT: String(agent.port), ...environment }, before)
  const spans: DecodedSpan[] = []
  for (;;) {
    const { process, spans: more } = await agent.batch()
    spans.push(...more)
    if (spans.at(-1)?.operationName === 'the end') {
      return {
        ...ended,
        spans: spans.slice(0, -1),
        service: process.serviceName,
        processTags: new Map(process.tags),
      }
    }
  }
}
