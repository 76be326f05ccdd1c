import assert from 'node:assert/strict'
import { test } from 'node:test'
import { options } from '../../src/agent/config.js'
import { runCommand } from '../helpers/command.js'
import { appFolder } from '../helpers/folder.js'
import { row } from './report.js'

const rows: readonly (readonly [setting: string, text: string | RegExp])[] = [
  ['TRACE_EXCLUDE=/healthz', '✓ "/healthz" (paths that are not traced, e.g. /metrics,/static/*)'],
  ['TRACE_QUERY=Redact', /^✓ "Redact", so redact \(what of the query string/],
  ['TRACE_CLIENT=1', /^✓ "1", so true \(outgoing/],
  ['TRACE_QUERY=half', '! "half" is not one of off, redact, full; using off'],
  ['TRACE_EXCLUDE=/healthz,static', /^! "static" is not a path .*; using the rest$/],
  ['TRACE_ALL=off', /^! "off", so false \(false: only requests that/],
  ['TRACE_DISABLE=http,express', /^! "http,express" \(names of built-in patches/],
  ['TRACE_ENABLED=no', '✗ "no", so false (false: the agent does nothing)'],
  ['TRACE_EXCLUED=/x', '! the agent has no such option'],
  ['TRACE_TRACER=./nowhere.js', /^! "\.\/nowhere\.js" is not jaeger, .*; using jaeger$/],
  ['TRACE_HOOKS=./nowhere.js', /^! "\.\/nowhere\.js" cannot be used: Cannot find module/],
  ['TRACE_PATCHES=./nowhere.js', /^! "\.\/nowhere\.js" cannot be used: Cannot find module/],
  ['JAEGER_AGENT_PORT=6833', '✓ "6833"'],
  ['JAEGER_AGENT_PORT=6831', /^! "6831" is where Jaeger takes compact Thrift, .* 6832$/],
  ['JAEGER_AGENT_PORT=abc', '! "abc" is not a port from 1 to 65535; using 6832'],
  ['JAEGER_AGENT_HOTS=jaeger', '! "jaeger" has no effect: nothing reads it'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT=http://otel:4318', '! "http://otel:4318" has no effect: nothing reads it'],
  ['OTEL_SERVICE_NAME=till', '✓ "till"'],
  ['JAEGER_SAMPLER_TYPE=const', '! const needs JAEGER_SAMPLER_PARAM, 0 or 1; using 1'],
]
for (const [setting, text] of rows) {
  test(`${setting} is shown as it is understood`, async (t) => {
    const [variable = '', value = ''] = setting.split('=')

    const { stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env: { [variable]: value } })

    const shown = row(stdout, variable)
    if (typeof text === 'string') assert.equal(shown, text)
    else assert.match(shown, text)
  })
}

test('JAEGER_AGENT_HOST has no effect beside JAEGER_ENDPOINT', async (t) => {
  const env = { JAEGER_AGENT_HOST: 'jaeger', JAEGER_ENDPOINT: 'http://127.0.0.1:9' }

  const { stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env })

  assert.equal(row(stdout, 'JAEGER_AGENT_HOST'), '! "jaeger" has no effect beside JAEGER_ENDPOINT')
  assert.equal(row(stdout, 'JAEGER_ENDPOINT'), '✓ "http://127.0.0.1:9"')
})

test('TRACE_ALL=false is as it should be where TRACE_INCLUDE picks requests', async (t) => {
  const env = { TRACE_ALL: 'false', TRACE_INCLUDE: '/api/*' }

  const { stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env })

  assert.match(row(stdout, 'TRACE_ALL'), /^✓/)
})

for (const [words, count] of [
  [['doctor'], 1],
  [['doctor', '--all'], Object.keys(options).length],
] as const) {
  test(`npx tracing ${words.join(' ')} lists ${count} of the options where one is set`, async (t) => {
    const { stdout } = await runCommand(words, { cwd: appFolder(t), env: { TRACE_ALL: 'true' } })

    assert.equal(stdout.match(/^ {2}. TRACE_[A-Z_]+ /gm)?.length, count, stdout)
    if (count > 1) assert.match(row(stdout, 'TRACE_OPERATION'), /^ by default route: the span's name: route/)
  })
}

const names: readonly (readonly [variables: Record<string, string>, name: string])[] = [
  [{ TRACE_SERVICE_NAME: 'a', JAEGER_SERVICE_NAME: 'b' }, '"a" (TRACE_SERVICE_NAME)'],
  [{ JAEGER_SERVICE_NAME: 'b', OTEL_SERVICE_NAME: 'c' }, '"b" (JAEGER_SERVICE_NAME)'],
  [{ OTEL_SERVICE_NAME: 'c' }, '"c" (OTEL_SERVICE_NAME)'],
]
for (const [variables, name] of names) {
  test(`the service is ${name}`, async (t) => {
    const { stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env: variables })

    assert.equal(row(stdout, 'service'), `✓ ${name}`)
  })
}

test('the service is named after the package of the working directory', async (t) => {
  const cwd = appFolder(t)

  const { stdout } = await runCommand(['doctor'], { cwd })

  assert.equal(row(stdout, 'service'), `✓ "shop" (${cwd}/package.json)`)
})

const secrets: Record<string, string> = {
  JAEGER_PASSWORD: 'canary1',
  JAEGER_ENDPOINT: 'http://ann:canary2@127.0.0.1:9/x?key=canary3',
  JAEGER_REPORTER_ENDPOINT: 'gopher://ann:can@ry/canary4@jaeger/x?key=canary5',
  JAEGER_TAGS: 'zone=eu,api.token=canary6,db=http://ann:canary7@db',
  JAEGER_AGENT_HOST: 'ann:canary8@jaeger',
  OTEL_EXPORTER_OTLP_HEADERS: 'api-key=canary9,canary10',
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x=canary11',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://ann:canary12@otel:4318',
  OTEL_RESOURCE_ATTRIBUTES: 'a=b,password=canary13',
  TRACE_TRACER: 'http://ann:canary14@jaeger:14268',
  TRACE_OPERATION: 'http://ann:canary15@jaeger:14268',
}
test('no secret of a variable is shown', async (t) => {
  const ended = await runCommand(['doctor'], { cwd: appFolder(t), env: secrets })

  assert.doesNotMatch(ended.stdout + ended.stderr, /canary/)
  for (const variable of Object.keys(secrets)) assert.notEqual(row(ended.stdout, variable), '', variable)
  assert.match(row(ended.stdout, 'JAEGER_TAGS'), /"zone=eu,api\.token=\[redacted\],db=http:\/\/…@db"/)
})

for (const variable of ['JAEGER_ENDPOINT', 'JAEGER_AGENT_HOST']) {
  test(`no secret of a wrong ${variable} is shown`, async (t) => {
    const env = { [variable]: 'ann:canary1@jaeger/canary2@x?key=canary3' }

    const ended = await runCommand(['doctor'], { cwd: appFolder(t), env })

    assert.match(row(ended.stdout, variable), /^! "…@x\?…" is not /)
    assert.doesNotMatch(ended.stdout + ended.stderr, /canary/)
  })
}
