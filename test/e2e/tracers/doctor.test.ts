import assert from 'node:assert/strict'
import { test } from 'node:test'
import { row, verdict } from '../../cli/report.js'
import { register } from '../../helpers/app.js'
import { runCommand } from '../../helpers/command.js'
import { otlpOptions, packages, startGrpcSink, startSink } from './sink.js'

for (const [protocol, start, path] of [
  ['http/protobuf', startSink, '/v1/traces'],
  ['grpc', startGrpcSink, ''],
] as const) {
  test(`doctor sends a span over OTLP, and says that it was taken (${protocol})`, async (t) => {
    const sink = await start(t)

    const { code, stdout, stderr } = await doctor(sink.endpoint, { OTEL_EXPORTER_OTLP_PROTOCOL: protocol })

    assert.deepEqual([code, stderr], [0, ''])
    const [span] = await sink.take(1)
    assert.deepEqual([span?.name, span?.resource['service.name']], ['tracing doctor', 'shop'])
    assert.equal(row(stdout, `${sink.endpoint}${path}`), '✓ has taken a span: it answers 200')
    assert.ok(verdict(stdout).includes(`trace ${span?.traceId}`), stdout)
    assert.match(row(stdout, 'OTEL_EXPORTER_OTLP_ENDPOINT'), /^✓/)
  })
}

for (const [sampler, code, text] of [
  ['always_off', 1, '✗ keeps no trace'],
  ['traceidratio', 0, '! does not keep every trace, and would have dropped this one'],
] as const) {
  test(`doctor says what the sampler ${sampler} drops, and sends a span all the same`, async (t) => {
    const sink = await startSink(t)
    const variables = { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: '1e-12' }

    const ended = await doctor(sink.endpoint, variables)

    assert.equal(ended.code, code)
    const settings = `OTEL_TRACES_SAMPLER=${sampler}, OTEL_TRACES_SAMPLER_ARG=1e-12`
    assert.equal(row(ended.stdout, 'sampler'), `${text}: ${settings}`)
    await sink.take(1)
  })
}

function doctor(endpoint: string, variables: Record<string, string>) {
  const { env } = otlpOptions(endpoint, { NODE_OPTIONS: `-r ${register}`, ...variables })
  return runCommand(['doctor'], { cwd: packages, ...(env && { env }) })
}
