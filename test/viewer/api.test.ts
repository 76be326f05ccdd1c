import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { batch, type SentProcess, type SentSpan } from './thrift-messages.js'
import { LiveEvents, startViewer, type Viewer } from './viewer.js'

const NOW = Date.now() * 1_000
const shop: SentProcess = { serviceName: 'shop', tags: [['region', 'eu']] }
const stock: SentProcess = { serviceName: 'stock/eu' }

async function post(viewer: Viewer, process: SentProcess, spans: readonly SentSpan[]): Promise<void> {
  const headers = { 'Content-Type': 'application/x-thrift' }
  const response = await fetch(viewer.endpoint, { method: 'POST', headers, body: batch(process, spans) })
  assert.equal(response.status, 202)
}

/** Three traces: one through two services, a slow one, and one that failed. */
async function startFilled(t: TestContext): Promise<Viewer> {
  const viewer = await startViewer(t)
  await post(viewer, shop, [
    {
      traceIdLow: 1n,
      spanId: 1n,
      operationName: 'GET /products/:id',
      startTime: NOW,
      duration: 2_000,
      tags: [
        ['span.kind', 'server'],
        ['http.status_code', 200],
        ['cached', true],
        ['big', 2n ** 60n],
      ],
    },
    {
      traceIdLow: 1n,
      spanId: 2n,
      parentSpanId: 1n,
      startTime: NOW + 500,
      duration: 1_000,
      tags: [['span.kind', 'client']],
    },
    { traceIdHigh: 7n, traceIdLow: 2n, spanId: 1n, operationName: 'report', startTime: NOW + 10, duration: 1_500_000 },
    {
      traceIdLow: 3n,
      spanId: 1n,
      operationName: 'GET /products/:id',
      startTime: NOW - 3_600_000_000,
      duration: 10,
      tags: [
        ['error', true],
        ['http.status_code', 500],
      ],
      logs: [
        {
          timestamp: NOW,
          fields: [
            ['event', 'error'],
            ['error.kind', 'RangeError'],
          ],
        },
      ],
    },
  ])
  await post(viewer, stock, [
    { traceIdLow: 1n, spanId: 3n, parentSpanId: 2n, operationName: 'GET /stock', startTime: NOW + 600, duration: 300 },
  ])
  return viewer
}

async function found(viewer: Viewer, query: string, path = 'traces'): Promise<string[]> {
  const traces = await viewer.data<{ traceID: string }>(`/api/${path}?${query}`)
  return traces.map(({ traceID }) => traceID.replace(/^0+/, ''))
}

const [FIRST, SLOW, FAILED] = ['1', '70000000000000002', '3']

test('the API names services and operations as Jaeger does', async (t) => {
  const viewer = await startFilled(t)

  const services = await viewer.ask('/api/services')
  const operations = await viewer.ask('/api/services/shop/operations')

  assert.deepEqual(services.body, { data: ['shop', 'stock/eu'], total: 2, limit: 0, offset: 0, errors: null })
  assert.deepEqual(operations.body.data, ['GET', 'GET /products/:id', 'report'])
  assert.deepEqual(await viewer.data('/api/services/stock%2Feu/operations'), ['GET /stock'])
  assert.deepEqual(await viewer.data('/api/services/nobody/operations'), [])
  assert.deepEqual(await viewer.data('/api/operations?service=shop&spanKind=client'), [
    { name: 'GET', spanKind: 'client' },
  ])
  assert.deepEqual(await viewer.data('/api/operations?service=stock%2Feu'), [
    { name: 'GET /stock', spanKind: 'unspecified' },
  ])
})

test('a trace is answered in the JSON of Jaeger', async (t) => {
  const viewer = await startFilled(t)

  const { body } = await viewer.ask('/api/traces/1')

  const traceID = '0000000000000001'
  const childOf = (spanID: string) => [{ refType: 'CHILD_OF', traceID, spanID }]
  assert.deepEqual(body, {
    data: [
      {
        traceID,
        spans: [
          {
            traceID,
            spanID: '0000000000000001',
            flags: 1,
            operationName: 'GET /products/:id',
            references: [],
            startTime: NOW,
            duration: 2_000,
            tags: [
              { key: 'span.kind', type: 'string', value: 'server' },
              { key: 'http.status_code', type: 'float64', value: 200 },
              { key: 'cached', type: 'bool', value: true },
              { key: 'big', type: 'int64', value: '1152921504606846976' },
            ],
            logs: [],
            processID: 'p1',
            warnings: null,
          },
          {
            traceID,
            spanID: '0000000000000002',
            flags: 1,
            operationName: 'GET',
            references: childOf('0000000000000001'),
            startTime: NOW + 500,
            duration: 1_000,
            tags: [{ key: 'span.kind', type: 'string', value: 'client' }],
            logs: [],
            processID: 'p1',
            warnings: null,
          },
          {
            traceID,
            spanID: '0000000000000003',
            flags: 1,
            operationName: 'GET /stock',
            references: childOf('0000000000000002'),
            startTime: NOW + 600,
            duration: 300,
            tags: [],
            logs: [],
            processID: 'p2',
            warnings: null,
          },
        ],
        processes: {
          p1: { serviceName: 'shop', tags: [{ key: 'region', type: 'string', value: 'eu' }] },
          p2: { serviceName: 'stock/eu', tags: [] },
        },
        warnings: null,
      },
    ],
    total: 0,
    limit: 0,
    offset: 0,
    errors: null,
  })
})

test('a trace is found by its id with and without leading zeros, in either case', async (t) => {
  const viewer = await startFilled(t)
  const ids = ['70000000000000002', '00000000000000070000000000000002', '000000000000070000000000000002']

  for (const id of [...ids, '1', '0001', '0000000000000001', '0'.repeat(31) + 1]) {
    assert.equal((await viewer.ask(`/api/traces/${id}`)).status, 200, id)
  }
  assert.deepEqual(await found(viewer, 'traceID=1&traceID=00000000000000070000000000000002'), [FIRST, SLOW])
})

test('traces that are not there are told of, and ids that are none', async (t) => {
  const viewer = await startFilled(t)

  const missing = await viewer.ask('/api/traces/abc')
  const some = await viewer.ask('/api/traces?traceID=1&traceID=abc')

  assert.equal(missing.status, 404)
  assert.deepEqual(missing.body.errors, [{ code: 404, msg: 'trace not found' }])
  assert.deepEqual(some.body.errors, [{ msg: 'trace not found', traceID: '0000000000000abc' }])
  assert.equal(some.body.data.length, 1)
  for (const id of ['x', '1x', '%00', '1'.repeat(33), '-1', '%ff', '<b>']) {
    assert.equal((await viewer.ask(`/api/traces/${id}`)).status, 400, id)
  }
})

test('a search finds what one span fits in all respects, the last to start first', async (t) => {
  const viewer = await startFilled(t)
  const tags = (object: object) => `service=shop&tags=${encodeURIComponent(JSON.stringify(object))}`

  const searches: Record<string, string[]> = {
    'service=shop': [SLOW, FIRST, FAILED],
    'service=stock%2Feu': [FIRST],
    'service=nobody': [],
    'service=shop&operation=report': [SLOW],
    'service=stock%2Feu&operation=report': [],
    'service=shop&limit=1': [SLOW],
    'service=shop&minDuration=2ms': [SLOW, FIRST],
    'service=shop&minDuration=1.4s&maxDuration=1m': [SLOW],
    'service=shop&maxDuration=500us': [FAILED],
    'service=shop&lookback=30m': [SLOW, FIRST],
    [`service=shop&start=${NOW}&end=${NOW + 5}`]: [FIRST],
    [`service=shop&end=${NOW - 1}`]: [FAILED],
    [tags({ 'http.status_code': '500' })]: [FAILED],
    [tags({ error: 'true' })]: [FAILED],
    [tags({ error: true })]: [FAILED],
    [tags({ 'error.kind': 'RangeError' })]: [FAILED],
    [tags({ region: 'eu', cached: 'true' })]: [FIRST],
    [tags({ big: '1152921504606846976' })]: [FIRST],
    [tags({ cached: 'true', 'span.kind': 'client' })]: [],
    'service=shop&tag=http.status_code:200&tag=span.kind:server': [FIRST],
  }
  for (const [query, expected] of Object.entries(searches)) {
    assert.deepEqual(await found(viewer, query), expected, query)
  }
})

test('a question that makes no sense is answered with what is wrong', async (t) => {
  const viewer = await startFilled(t)

  const questions: Record<string, string> = {
    '/api/traces': "parameter 'service' is required",
    '/api/operations': "parameter 'service' is required",
    '/api/traces?service=shop&minDuration=2s&maxDuration=1s': "'maxDuration' should be greater than 'minDuration'",
    '/api/traces?service=shop&minDuration=fast': `unable to parse param 'minDuration': "fast"`,
    '/api/traces?service=shop&start=now': `unable to parse param 'start': "now"`,
    '/api/traces?service=shop&tag=x': "malformed 'tag' parameter, expecting key:value, received: x",
    '/api/traces?service=shop&tags=x': "malformed 'tags' parameter, expecting a JSON object of texts",
    '/api/traces?service=shop&tags={"a":{}}': "malformed 'tags' parameter, expecting a JSON object of texts",
  }
  for (const [path, msg] of Object.entries(questions)) {
    const { status, body } = await viewer.ask(path)
    assert.deepEqual([status, body.errors], [400, [{ code: 400, msg }]], path)
  }
  assert.equal((await viewer.ask('/api/nothing')).status, 404)
})

test('summaries are found by the same questions, of all services, and with errors alone', async (t) => {
  const viewer = await startFilled(t)

  const { body } = await viewer.ask('/api/summaries')

  assert.deepEqual(await found(viewer, '', 'summaries'), [SLOW, FIRST, FAILED])
  assert.deepEqual(await found(viewer, 'errors=true', 'summaries'), [FAILED])
  assert.deepEqual(await found(viewer, 'minDuration=1s', 'summaries'), [SLOW])
  assert.deepEqual(await found(viewer, 'service=shop&maxDuration=500us', 'summaries'), [FAILED])
  assert.deepEqual(await found(viewer, 'tag=http.status_code:200&limit=5', 'summaries'), [FIRST])
  assert.deepEqual(body.data[1], {
    traceID: '0000000000000001',
    startTime: NOW,
    duration: 2_000,
    root: { service: 'shop', operation: 'GET /products/:id' },
    services: [
      { name: 'shop', spans: 2, errors: 0 },
      { name: 'stock/eu', spans: 1, errors: 0 },
    ],
    spans: 3,
    errors: 0,
    depth: 3,
  })
  const { counts }: { counts?: unknown } = Object(body)
  assert.deepEqual(counts, await viewer.counts())
})

test('the dependencies are the calls between services, in the time that is asked for', async (t) => {
  const viewer = await startFilled(t)
  const call = { parent: 'shop', child: 'stock/eu', callCount: 1 }

  assert.deepEqual(await viewer.data('/api/dependencies'), [call])
  assert.deepEqual(await viewer.data(`/api/dependencies?endTs=${NOW / 1_000 + 60_000}&lookback=3600000`), [call])
  assert.deepEqual(await viewer.data(`/api/dependencies?endTs=${NOW / 1_000 - 60_000}&lookback=1000`), [])
})

test('a call has failed where its callee has, or the caller alone', async (t) => {
  const viewer = await startViewer(t)
  const span = (spanId: bigint, parentSpanId: bigint, kind: string, isError: boolean): SentSpan => ({
    ...{ traceIdLow: 1n, spanId, parentSpanId, startTime: NOW, duration: 1_000 },
    tags: [['span.kind', kind], ...(isError ? [['error', true] as const] : [])],
  })
  await post(viewer, shop, [
    // What fails for other reasons than a call is no failed call.
    span(1n, 0n, 'server', true),
    span(2n, 1n, 'client', false),
    span(3n, 1n, 'client', true),
    span(4n, 1n, 'client', false),
  ])
  await post(viewer, stock, [
    span(12n, 2n, 'server', true),
    span(13n, 3n, 'server', false),
    span(14n, 4n, 'server', false),
    span(15n, 1n, 'server', false),
  ])

  const call = { parent: 'shop', child: 'stock/eu', callCount: 4, errorCount: 2 }
  assert.deepEqual(await viewer.data('/api/dependencies'), [call])
})

test('a server that shares its client’s span id gets one of its own, below it', async (t) => {
  const viewer = await startViewer(t)
  const kind = (value: string) => [['span.kind', value]] as const
  await post(viewer, shop, [{ traceIdLow: 1n, spanId: 5n, startTime: NOW, duration: 900, tags: kind('client') }])
  await post(viewer, stock, [
    { traceIdLow: 1n, spanId: 5n, startTime: NOW + 100, duration: 500, tags: kind('server') },
    { traceIdLow: 1n, spanId: 6n, parentSpanId: 5n, startTime: NOW + 200, duration: 100 },
  ])

  const [trace] = await viewer.data<{ spans: { spanID: string; references: { spanID: string }[] }[] }>('/api/traces/1')

  const line = trace?.spans.map(({ spanID, references }) => [spanID, references[0]?.spanID].map((id) => Number(id)))
  assert.deepEqual(line, [
    [5, Number.NaN],
    [1, 5],
    [6, 1],
  ])
  assert.deepEqual(await viewer.data('/api/dependencies'), [{ parent: 'shop', child: 'stock/eu', callCount: 1 }])
})

test('what is odd about a trace is said, and nothing is put right', async (t) => {
  const viewer = await startViewer(t)
  await post(viewer, shop, [
    { traceIdLow: 1n, spanId: 1n, startTime: NOW, duration: 2_000_000 },
    { traceIdLow: 1n, spanId: 9n, parentSpanId: 8n, startTime: NOW, duration: 1 },
  ])
  await post(viewer, stock, [
    { traceIdLow: 1n, spanId: 2n, parentSpanId: 1n, startTime: NOW - 1_000_000, duration: 1_000_000 },
  ])

  const [trace] = await viewer.data<{ warnings: string[]; spans: { startTime: number; warnings: string[] | null }[] }>(
    '/api/traces/1',
  )

  assert.deepEqual(trace?.warnings, [
    'the clocks of shop and stock/eu seem to differ by 1.5s; all times are shown as they were sent',
  ])
  assert.deepEqual(
    trace?.spans.map(({ warnings }) => warnings),
    [
      null,
      ['invalid parent span IDs=0000000000000008; skipping clock skew adjustment'],
      ['clock skew adjustment disabled; not applying calculated delta of 1.5s'],
    ],
  )
  assert.equal(trace?.spans[2]?.startTime, NOW - 1_000_000)
  const [summary] = await viewer.data<{ skew: number }>('/api/summaries')
  assert.equal(summary?.skew, 1_500_000)
})

test('the page is told live what changes', async (t) => {
  const viewer = await startViewer(t)
  const events = await LiveEvents.open(viewer.page)
  t.after(() => events.close())
  await events.next(({ name }) => name === 'counts')

  await post(viewer, shop, [{ traceIdLow: 1n, spanId: 1n }])
  const first = await events.next(({ name }) => name === 'traces')
  const counted = await events.next(({ name }) => name === 'counts')
  await post(viewer, stock, [{ traceIdLow: 1n, spanId: 2n, parentSpanId: 1n }])
  const second = await events.next(({ name }) => name === 'traces')
  await fetch(new URL('/api/traces', viewer.page), { method: 'DELETE' })
  await events.next(({ name }) => name === 'cleared')

  const spans = ({ data }: { data: unknown }) => Object(data).data.map((summary: object) => Object(summary).spans)
  assert.deepEqual([spans(first), spans(second)], [[1], [2]])
  assert.equal(Object(counted.data).received, 1)
  assert.deepEqual(Object(second.data).missed, 0)
})

test('more changes than a page is told of at once are told as a number', async (t) => {
  const viewer = await startViewer(t)
  const events = await LiveEvents.open(viewer.page)
  t.after(() => events.close())

  await post(
    viewer,
    shop,
    Array.from({ length: 1_000 }, (_, index) => ({ traceIdLow: BigInt(index + 1), spanId: 1n })),
  )
  const { data } = await events.next(({ name }) => name === 'traces')

  assert.equal(Object(data).data.length, 200)
  assert.equal(Object(data).missed, 800)
})

test('a file that Jaeger’s page saved can be uploaded, and all traces removed', async (t) => {
  const [from, to] = [await startFilled(t), await startViewer(t)]
  const file = await fetch(new URL('/api/traces/1', from.page))
  const url = new URL('/api/traces', to.page)

  const uploaded = await fetch(url, { method: 'POST', body: Buffer.from(await file.arrayBuffer()) })
  const wrong = await fetch(url, { method: 'POST', body: 'no JSON' })

  assert.deepEqual(Object(await uploaded.json()).data, ['0000000000000001'])
  assert.equal(wrong.status, 400)
  assert.deepEqual(await to.ask('/api/traces/1'), await from.ask('/api/traces/1'))
  assert.equal((await fetch(url, { method: 'DELETE' })).status, 200)
  assert.deepEqual(await to.data('/api/summaries'), [])
})

test('whatever is asked is answered: with what was found, or what is wrong', async (t) => {
  const viewer = await startFilled(t)
  const names = [
    'service',
    'operation',
    'tags',
    'tag',
    'minDuration',
    'maxDuration',
    'start',
    'end',
    'lookback',
    'limit',
    'traceID',
    'errors',
    'endTs',
    'spanKind',
    '__proto__',
  ]
  const values = [
    '',
    '0',
    '-1',
    '1',
    'shop',
    'NaN',
    '1e999',
    '99999999999999999999',
    '1h',
    '5m5',
    'x:y',
    ':',
    '{}',
    '[]',
    '{"a":"b"}',
    '{"__proto__":"x"}',
    'null',
    '%',
    '+',
    '\u0000',
    '\ud800',
    'true',
    '../../etc/passwd',
    '<script>',
    '9'.repeat(2_000),
  ]
  const paths = [
    'services',
    'traces',
    'operations',
    'summaries',
    'dependencies',
    'counts',
    'traces/1',
    'traces/',
    'services//operations',
    'services/%ff/operations',
    '',
    '/',
    '%2e%2e/',
  ]

  for (let round = 0; round < 1_000; round++) {
    // Each value with each name, and with each path, and another pair beside it.
    const at = (list: readonly string[], factor: number) =>
      list[(round * factor + Math.floor(round / list.length)) % list.length] ?? ''
    const query = new URLSearchParams([
      [at(names, 1), at(values, 1)],
      [at(names, 7), at(values, 3)],
    ])
    const path = `/api/${at(paths, 5)}?${query}`
    const response = await fetch(new URL(path, viewer.page))
    await response.arrayBuffer()
    assert.ok([200, 400, 404].includes(response.status), `${response.status} for ${path}`)
  }
  assert.equal(viewer.app.stderr, '')
})
