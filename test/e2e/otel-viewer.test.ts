import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { App, root } from '../helpers/app.js'
import { Collector } from '../helpers/collector.js'
import { LiveEvents, startViewer } from '../viewer/viewer.js'

const exporters = [
  ['http/protobuf', 'none'],
  ['http/protobuf', 'gzip'],
  ['http/json', 'none'],
  ['http/json', 'gzip'],
] as const

for (const [protocol, compression] of exporters) {
  test(`the viewer reads what OpenTelemetry exports as ${protocol}, compression ${compression}`, async (t) => {
    const viewer = await startViewer(t)
    const preload = '@opentelemetry/auto-instrumentations-node/register'
    const child = spawn(process.execPath, ['-r', preload, '../relay.js'], {
      cwd: join(root, 'test', 'e2e', 'otel'),
      env: {
        ...process.env,
        OTEL_SERVICE_NAME: 'theirs',
        OTEL_EXPORTER_OTLP_ENDPOINT: new URL(viewer.otlpEndpoint).origin,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: compression,
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_BSP_SCHEDULE_DELAY: '100',
      },
    })
    t.after(() => child.kill('SIGKILL'))
    const app = new App(child, new Collector(0))
    await app.listening()

    const events = await LiveEvents.open(viewer.page)
    t.after(() => events.close())
    await app.get(`/fetch?then=http://127.0.0.1:${app.port}/end`)
    // Spans travel in the order in which they end.
    await events.next(
      ({ name, data }) => name === 'traces' && JSON.stringify(data).includes('"operation":"GET /fetch"'),
    )

    const [trace] = await viewer.data<ShownTrace>('/api/traces?service=theirs&operation=GET%20%2Ffetch')
    assert.ok(trace)
    const kinds = trace.spans.map(({ tags }) => tags.find(({ key }) => key === 'span.kind')?.value)
    assert.deepEqual(kinds.filter((kind) => kind !== 'internal').sort(), ['client', 'server', 'server'])
    const attributes = new Map(trace.processes.p1?.tags.map(({ key, value }) => [key, value]))
    assert.equal(attributes.get('telemetry.sdk.language'), 'nodejs')
    assert.equal((await viewer.counts()).malformed, 0)
  })
}

interface ShownTrace {
  readonly spans: readonly { readonly tags: readonly ShownTag[] }[]
  readonly processes: Readonly<Record<string, { readonly tags: readonly ShownTag[] }>>
}

interface ShownTag {
  readonly key: string
  readonly value: unknown
}
