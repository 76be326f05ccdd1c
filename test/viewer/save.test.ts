import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { appears, temporaryFolder } from '../helpers/folder.js'
import { printed } from '../helpers/waiting.js'
import { batch, type SentSpan } from './thrift-messages.js'
import { runViewer, startViewer, type Viewer } from './viewer.js'

const spans: SentSpan[] = [
  {
    traceIdHigh: 1n,
    traceIdLow: 2n,
    spanId: 1n,
    operationName: 'GET /ü',
    startTime: 1_600_000_000_000_000,
    tags: [
      ['large', 2n ** 62n],
      ['bytes', Buffer.from([1, 2, 3])],
      ['not a number', Number.NaN],
      ['error', true],
    ],
    logs: [{ timestamp: 1_600_000_000_000_001, fields: [['event', 'error']] }],
  },
  {
    traceIdHigh: 1n,
    traceIdLow: 2n,
    spanId: 2n,
    parentSpanId: 9n,
    references: [{ refType: 1, traceIdLow: 5n, spanId: 6n }],
  },
  { traceIdLow: 3n, spanId: 1n, duration: -1 },
]

async function send(viewer: Viewer, sent: readonly SentSpan[]): Promise<void> {
  const body = batch({ serviceName: 'shop', tags: [['ip', '127.0.0.1']] }, sent)
  const headers = { 'Content-Type': 'application/x-thrift' }
  assert.equal((await fetch(viewer.endpoint, { method: 'POST', headers, body })).status, 202)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`what was seen is saved at ${signal}, and shown again as it was`, async (t) => {
    const folder = temporaryFolder(t)
    const file = join(folder, 'traces.json')
    const viewer = await startViewer(t, { args: ['--save', file] })
    await send(viewer, spans)
    const seen = await viewer.data('/api/traces?service=shop')

    const ended = await viewer.app.stop(signal)
    const again = runViewer(t, ['--port=0', file])
    await printed(again.app, /^page and API .*\n/m)

    assert.deepEqual([ended.code, ended.signal, ended.stderr], [0, null, ''])
    assert.equal(seen.length, 2)
    assert.deepEqual(await again.data('/api/traces?service=shop'), seen)
    assert.deepEqual(readdirSync(folder), ['traces.json'])
    assert.equal(statSync(file).mode & 0o077, 0)
  })
}

test('a file is in the JSON of Jaeger', async (t) => {
  const file = join(temporaryFolder(t), 'traces.json')
  const viewer = await startViewer(t, { args: ['--save', file] })
  await send(viewer, spans)
  const { body: answered } = await viewer.ask('/api/traces/3')

  await viewer.app.stop()

  const saved = JSON.parse(readFileSync(file, 'utf8'))
  assert.deepEqual(Object.keys(saved), Object.keys(answered))
  assert.deepEqual(saved.data[1], answered.data[0])
})

test('what is seen is saved while it is seen, so that nothing is lost with the process', async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'traces.json')
  const viewer = await startViewer(t, { args: ['--save', file] })
  await send(viewer, spans)

  await appears(folder, 'traces.json')
  await viewer.app.stop('SIGKILL')

  const again = runViewer(t, ['--port=0', file])
  await printed(again.app, /^page and API .*\n/m)
  assert.deepEqual((await again.counts()).spans, 3)
})

test('a viewer that saves goes on where it ended', async (t) => {
  const file = join(temporaryFolder(t), 'traces.json')
  const first = await startViewer(t, { args: ['--save', file] })
  await send(first, spans.slice(0, 2))
  await first.app.stop()

  const second = await startViewer(t, { args: ['--save', file] })
  await send(second, spans.slice(2))
  await second.app.stop()

  const ids = JSON.parse(readFileSync(file, 'utf8')).data.map(({ traceID }: { traceID: string }) => traceID)
  assert.deepEqual(ids, ['00000000000000010000000000000002', '0000000000000003'])
})

test('a file is shown alone: ports for spans are opened only if asked for', async (t) => {
  const file = join(temporaryFolder(t, { 'traces.json': '{"data":[]}' }), 'traces.json')
  const alone = runViewer(t, ['--port=0', file])
  const listening = runViewer(t, ['--port=0', file, '--udp-port=0'])

  await printed(alone.app, /\n/)
  await printed(listening.app, /\n.*\n/)

  assert.match(alone.app.stdout, /^page and API +http:\/\/127\.0\.0\.1:\d+\/\n$/)
  assert.match(listening.app.stdout, /^page and API .*\nJaeger, UDP +127\.0\.0\.1:\d+\n$/)
})

test('a file that Jaeger’s page downloaded is shown, whatever is left out', async (t) => {
  const trace = {
    traceID: 'abc',
    spans: [
      {
        traceID: 'abc',
        spanID: '1',
        operationName: 'a',
        startTime: 1,
        duration: 2,
        processID: 'p1',
        parentSpanID: '7',
      },
      { traceID: 'abc', spanID: 'no id', operationName: 'b', processID: 'p1' },
      { traceID: 'abc', spanID: '2', process: { serviceName: 'stock' }, tags: [{ key: 'k', value: 5 }] },
    ],
    processes: { p1: { serviceName: 'shop' } },
  }
  const folder = temporaryFolder(t, {
    'one.json': JSON.stringify(trace),
    'list.json': JSON.stringify({ data: [trace] }),
  })
  for (const name of ['one.json', 'list.json']) {
    const viewer = runViewer(t, ['--port=0', join(folder, name)])
    await printed(viewer.app, /\n/)

    const [shown] = await viewer.data<{ spans: { references: unknown[]; tags: unknown[] }[] }>('/api/traces/abc')

    const traceID = '0000000000000abc'
    assert.equal(shown?.spans.length, 2)
    assert.deepEqual(shown?.spans[0]?.references, [{ refType: 'CHILD_OF', traceID, spanID: '0000000000000007' }])
    assert.deepEqual(shown?.spans[1]?.tags, [{ key: 'k', type: 'string', value: '5' }])
    assert.deepEqual(await viewer.data('/api/services'), ['shop', 'stock'])
  }
})

test('a file that cannot be read ends the viewer with one line, and stays as it is', async (t) => {
  const folder = temporaryFolder(t, {
    'empty.json': '',
    'other.json': '{"name":"tracing"}',
    'cut.json': '{"data":[{"tra',
  })
  const files: Record<string, RegExp> = {
    'none.json': /^tracing: there is no file .*none\.json\n$/,
    'empty.json': /^tracing: .*empty\.json is no file of traces, as Jaeger's page and --save write it\n$/,
    'other.json': /^tracing: .*other\.json is no file of traces/,
    'cut.json': /^tracing: .*cut\.json is no file of traces/,
    '.': /^tracing: .* cannot be read: EISDIR\n$/,
  }
  for (const [name, message] of Object.entries(files)) {
    for (const args of [[join(folder, name)], ['--save', join(folder, name)]]) {
      if (args.length === 2 && name === 'none.json') continue
      const ended = await runViewer(t, [
        '--port=0',
        '--udp-port=0',
        '--http-port=0',
        '--otlp-port=0',
        ...args,
      ]).app.ended()
      assert.deepEqual([ended.code, ended.stdout], [1, ''])
      assert.match(ended.stderr, message)
    }
  }
  assert.equal(readFileSync(join(folder, 'cut.json'), 'utf8'), '{"data":[{"tra')
})

test('a folder that goes away is told of, and the viewer goes on', async (t) => {
  const folder = temporaryFolder(t)
  const viewer = await startViewer(t, { args: ['--save', join(folder, 'nowhere', 'traces.json')] })
  await send(viewer, spans)

  await printed(viewer.app, /the traces cannot be saved in .*nowhere.*: ENOENT/, 'stderr')

  assert.equal((await viewer.counts()).spans, 3)
})
