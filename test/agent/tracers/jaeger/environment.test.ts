import assert from 'node:assert/strict'
import test from 'node:test'
import { BACKEND, run } from './receivers.js'

type Environment = Record<string, string>

/** What both jaeger-client and we make of an environment, in the same words. */
const DESCRIBE = `
  const client = require.resolve('jaeger-client'), { writeSync } = require('node:fs'), { join } = require('node:path')
  const { readEnvironment } = require(join(process.env.BACKEND, 'environment.js'))
  function describe(tracer, way) {
    const sampler = tracer._sampler._delegate ?? tracer._sampler
    const inner = sampler._sampler?._delegate ?? sampler._sampler
    const { 'client-uuid': _, hostname, ip, 'jaeger.version': version, ...tags } = tracer._tags
    return { ...way, sampler: String(inner ?? sampler), tags }
  }
  function ours(environment) {
    const { tracer } = jaegerBackend({ serviceName: 'shop', propagation: ['jaeger'] }, environment)
    const { agentHost, agentPort, endpoint, auth, timeout, logSpans } = readEnvironment(environment)
    if (!tracer._sampler) return 'disabled'
    return describe(tracer, endpoint
      ? { port: endpoint.port, host: endpoint.hostname, path: endpoint.pathname, auth, timeout, logSpans }
      : { port: agentPort, host: agentHost, logSpans })
  }
  function theirs(environment) {
    const saved = process.env
    process.env = environment
    const { initTracerFromEnv } = require(client)
    const tracer = initTracerFromEnv({ serviceName: 'shop' }, {})
    process.env = saved
    if (!tracer._sampler) return 'disabled'
    const reporters = tracer._reporter._reporters ?? [tracer._reporter]
    const sender = reporters.at(-1)._sender, logSpans = reporters.length > 1
    return describe(tracer, sender._url
      ? { port: sender._url.port, host: sender._url.hostname, path: sender._url.pathname, auth: sender._httpOptions.auth,
        timeout: sender._timeoutMs, logSpans }
      : { port: sender._port, host: sender._host, logSpans })
  }`

const same: Environment[] = [
  { JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '1' },
  { JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '0' },
  { JAEGER_SAMPLER_TYPE: 'probabilistic', JAEGER_SAMPLER_PARAM: '0.25' },
  { JAEGER_SAMPLER_TYPE: 'probabilistic', JAEGER_SAMPLER_PARAM: '1e-3' },
  { JAEGER_SAMPLER_TYPE: 'ratelimiting', JAEGER_SAMPLER_PARAM: '2.5' },
  { JAEGER_SAMPLER_TYPE: 'ratelimiting', JAEGER_SAMPLER_PARAM: '0' },
  { JAEGER_SAMPLER_TYPE: 'remote', JAEGER_SAMPLER_PARAM: '0.5', JAEGER_SAMPLER_MANAGER_HOST_PORT: '127.0.0.1:1' },
  { JAEGER_AGENT_HOST: 'jaeger.example', JAEGER_AGENT_PORT: '1234' },
  { JAEGER_REPORTER_AGENT_HOST: 'old.example', JAEGER_REPORTER_AGENT_PORT: '4321' },
  { JAEGER_AGENT_HOST: 'new.example', JAEGER_REPORTER_AGENT_HOST: 'old.example' },
  { JAEGER_AGENT_HOST: '', JAEGER_REPORTER_AGENT_HOST: 'old.example' },
  { JAEGER_ENDPOINT: 'http://collector.example:14268/api/traces', JAEGER_REPORTER_TIMEOUT: '700' },
  { JAEGER_REPORTER_ENDPOINT: 'http://old.example:1/x', JAEGER_REPORTER_USER: 'ann', JAEGER_REPORTER_PASSWORD: 'pw' },
  { JAEGER_ENDPOINT: 'https://collector.example:1/x', JAEGER_USER: 'ann', JAEGER_PASSWORD: 'p:w' },
  { JAEGER_ENDPOINT: 'http://collector.example:1/x', JAEGER_USER: 'ann' },
  { JAEGER_REPORTER_LOG_SPANS: 'true' },
  { JAEGER_REPORTER_LOG_SPANS: '1' },
  { JAEGER_TAGS: 'a=1, b = 2' },
  { JAEGER_TAGS: `a=\${SET},b=\${SET:none},c=\${NOT_SET:none},d=$SET`, SET: 'value' },
  { JAEGER_TAGS: 'hostname=other,ip=1.2.3.4,e=' },
  { JAEGER_DISABLED: 'true' },
  { JAEGER_DISABLE: 'true' },
  { JAEGER_DISABLED: 'false' },
]

test('what jaeger-client understands means the same here', async () => {
  const rows = same.map((row) => ({
    JAEGER_SAMPLER_TYPE: 'const',
    JAEGER_SAMPLER_PARAM: '1',
    JAEGER_AGENT_HOST: '127.0.0.1',
    ...row,
  }))
  const { code, stdout } = await run(
    `${DESCRIBE}
    const rows = ${JSON.stringify(rows)}
    for (const row of rows) console.log(JSON.stringify([ours(row), theirs(row)]))
    process.exit()`,
    { BACKEND },
    'console.warn = () => {}',
  )

  assert.equal(code, 0)
  const pairs: [unknown, unknown][] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(pairs.length, same.length)
  for (const [index, [ours, theirs]] of pairs.entries()) assert.deepEqual(ours, theirs, JSON.stringify(same[index]))
})

/** An environment, what is said of it, and what of the settings is then so. */
const repaired: [Environment, string, object][] = [
  [{}, '', { sampler: 'ConstSampler(always)', host: '127.0.0.1', port: 6832 }],
  [{ JAEGER_SAMPLER_TYPE: 'CONST', JAEGER_SAMPLER_PARAM: '1' }, '', { sampler: 'ConstSampler(always)' }],
  [
    { JAEGER_SAMPLER_TYPE: 'magic', JAEGER_SAMPLER_PARAM: '1' },
    'JAEGER_SAMPLER_TYPE="magic" is not one of const, probabilistic, ratelimiting, remote; using const',
    { sampler: 'ConstSampler(always)' },
  ],
  [
    { JAEGER_SAMPLER_TYPE: 'const' },
    'JAEGER_SAMPLER_TYPE=const needs JAEGER_SAMPLER_PARAM, 0 or 1; using 1',
    { sampler: 'ConstSampler(always)' },
  ],
  [
    { JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '0.5' },
    'JAEGER_SAMPLER_PARAM="0.5" is not 0 or 1 (JAEGER_SAMPLER_TYPE=const); using 1',
    { sampler: 'ConstSampler(always)' },
  ],
  [
    { JAEGER_SAMPLER_TYPE: 'probabilistic', JAEGER_SAMPLER_PARAM: '2' },
    'JAEGER_SAMPLER_PARAM="2" is not a number from 0 to 1 (JAEGER_SAMPLER_TYPE=probabilistic); using 1',
    { sampler: 'ProbabilisticSampler(samplingRate=1)' },
  ],
  [
    { JAEGER_SAMPLER_TYPE: 'probabilistic', JAEGER_SAMPLER_PARAM: ' ' },
    'JAEGER_SAMPLER_PARAM=" " is not a number from 0 to 1 (JAEGER_SAMPLER_TYPE=probabilistic); using 1',
    { sampler: 'ProbabilisticSampler(samplingRate=1)' },
  ],
  [
    { JAEGER_SAMPLER_TYPE: 'ratelimiting', JAEGER_SAMPLER_PARAM: '-1' },
    'JAEGER_SAMPLER_PARAM="-1" is not a number of traces a second (JAEGER_SAMPLER_TYPE=ratelimiting); using 1',
    { sampler: 'RateLimitingSampler(maxTracesPerSecond=1)' },
  ],
  [
    { JAEGER_SAMPLER_TYPE: 'remote' },
    'JAEGER_SAMPLER_TYPE=remote needs JAEGER_SAMPLER_PARAM, a number from 0 to 1; using 0.001',
    { sampler: 'ProbabilisticSampler(samplingRate=0.001)' },
  ],
  [
    { JAEGER_SAMPLER_PARAM: '0.1' },
    'JAEGER_SAMPLER_PARAM="0.1" is not 0 or 1 (JAEGER_SAMPLER_TYPE=const); using 1',
    { sampler: 'ConstSampler(always)' },
  ],
  [
    { JAEGER_SAMPLER_MANAGER_HOST_PORT: 'agent:5778' },
    'JAEGER_SAMPLER_MANAGER_HOST_PORT is for JAEGER_SAMPLER_TYPE=remote, which is not set; using const',
    { sampler: 'ConstSampler(always)' },
  ],
  [{ JAEGER_AGENT_PORT: 'abc' }, 'JAEGER_AGENT_PORT="abc" is not a port from 1 to 65535; using 6832', { port: 6832 }],
  [{ JAEGER_AGENT_PORT: '0' }, 'JAEGER_AGENT_PORT="0" is not a port from 1 to 65535; using 6832', { port: 6832 }],
  [
    { JAEGER_AGENT_HOST: 'http://agent' },
    'JAEGER_AGENT_HOST="http://agent" is not a host name or an IP address; using 127.0.0.1',
    { host: '127.0.0.1' },
  ],
  [{ JAEGER_AGENT_HOST: '[::1]' }, '', { host: '::1' }],
  [
    { JAEGER_ENDPOINT: 'not a url' },
    'JAEGER_ENDPOINT="not a url" is not an http or https URL; using UDP',
    { host: '127.0.0.1' },
  ],
  [
    { JAEGER_ENDPOINT: 'ftp://ann:secret@collector/x' },
    'JAEGER_ENDPOINT="…@collector/x" is not an http or https URL; using UDP',
    { host: '127.0.0.1' },
  ],
  [
    { JAEGER_ENDPOINT: 'collector:1/x?token=secret' },
    'JAEGER_ENDPOINT="collector:1/x?…" is not an http or https URL; using UDP',
    { host: '127.0.0.1' },
  ],
  [{ JAEGER_ENDPOINT: 'http://collector:1' }, '', { path: '/api/traces' }],
  [{ JAEGER_ENDPOINT: 'http://ann:%ZZ@collector:1' }, '', { auth: 'ann:%ZZ' }],
  [
    { JAEGER_ENDPOINT: 'http://collector:1', JAEGER_REPORTER_TIMEOUT: '-5' },
    'JAEGER_REPORTER_TIMEOUT="-5" is not a number of milliseconds from 1 to 2147483647; using 5000',
    { timeout: 5_000 },
  ],
  [
    { JAEGER_REPORTER_FLUSH_INTERVAL: '1e400' },
    'JAEGER_REPORTER_FLUSH_INTERVAL="1e400" is not a number of milliseconds from 1 to 2147483647; using 250',
    {},
  ],
  [
    { JAEGER_AGENT_SOCKET_TYPE: 'tcp\n' },
    'JAEGER_AGENT_SOCKET_TYPE="tcp\\n" is not udp4 or udp6; using what fits the host',
    {},
  ],
  [{ JAEGER_REPORTER_LOG_SPANS: 'False' }, '', { logSpans: false }],
  [{ JAEGER_DISABLED: 'maybe' }, 'JAEGER_DISABLED="maybe" is not true or false; using false', { port: 6832 }],
  [{ JAEGER_TAGS: 'foo,a=1' }, 'JAEGER_TAGS="foo" is not key=value; using the other entries', { tags: { a: '1' } }],
  [{ JAEGER_TAGS: `a=x=y,,b=\${NOT_SET},c=\${NOT_SET:x:y}` }, '', { tags: { a: 'x=y', c: 'x:y' } }],
]

test('what jaeger-client trips over is said in one line, and the default stands', async () => {
  const { code, stdout, stderr } = await run(
    `${DESCRIBE}
    const rows = ${JSON.stringify(repaired.map(([environment]) => environment))}
    for (const row of rows) {
      const settings = ours(row)
      writeSync(2, '---')
      console.log(JSON.stringify(settings))
    }
    process.exit()`,
    { BACKEND },
  )

  assert.equal(code, 0)
  const said = stderr.split('---').map((lines) => [...new Set(lines.trim().split('\n'))].join('\n'))
  const settings = stdout.trim().split('\n')
  for (const [index, [environment, line, expected]] of repaired.entries()) {
    assert.equal(said[index], line && `tracing: ${line}`, JSON.stringify(environment))
    const actual: Record<string, unknown> = JSON.parse(settings[index] ?? '{}')
    for (const [name, value] of Object.entries(expected))
      assert.deepEqual(actual[name], value, JSON.stringify(environment))
  }
})
