import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Options, startApp } from '../helpers/app.js'
import type { ReceivedSpan } from '../helpers/decode.js'
import { allSpans, printed } from '../helpers/waiting.js'

test('spans that withSpan opens nest, and calls made in there nest in them', async (t) => {
  const { answer, spans } = await ask(t, 'nested', 5)

  assert.deepEqual(answer, { request: true, active: true })
  assert.deepEqual(tree(spans), ['GET', ' outer', '  inner', '   GET', '    GET'])
  assert.deepEqual([spans[1]?.tags, spans[2]?.tags], [{ level: 1 }, { level: 2 }])
})

test('the span of withSpan is active in timers, and the one before is when it returns', async (t) => {
  assert.equal((await ask(t, 'timer', 2)).answer, true)
  assert.deepEqual((await ask(t, 'after', 2)).answer, { value: 7, back: true })
})

test('withSpan ends its span when the promise settles, not before', async (t) => {
  const { spans } = await ask(t, 'nested', 5)

  const [, outer, inner, , leaf] = spans.map(({ startTime, duration }) => ({ startTime, end: startTime + duration }))
  assert.ok(Number(inner?.end) >= Number(leaf?.startTime), 'the inner span ends after the call that it waits for')
  assert.ok(Number(outer?.end) >= Number(inner?.end))
})

test('what is thrown or rejected inside withSpan is logged, and handed on', async (t) => {
  const { answer, spans } = await ask(t, 'errors', 3)

  assert.deepEqual(answer, ['thrown', 'rejected'])
  for (const [name, kind, message] of [
    ['throws', 'RangeError', 'thrown'],
    ['rejects', 'TypeError', 'rejected'],
  ]) {
    const span = spans.find(({ operationName }) => operationName === name)
    assert.equal(span?.tags.error, true)
    assert.deepEqual([span.logs.length, span.logs[0]?.['error.kind'], span.logs[0]?.message], [1, kind, message])
  }
  assert.equal(spans[0]?.tags.error, undefined)
})

test('a promise that begins its work when it is awaited does it once', async (t) => {
  const { answer, spans } = await ask(t, 'thenables', 2)

  assert.deepEqual(answer, [1, 1])
  assert.deepEqual(tree(spans), ['GET', ' lazy'])
})

test('a span of the app is made active by withSpan, and left open', async (t) => {
  const { answer, spans } = await ask(t, 'given', 4)

  assert.equal(answer, true)
  assert.deepEqual(tree(spans), ['GET', ' given', '  GET', '   GET'])
  assert.deepEqual(spans[1]?.tags, { same: true, later: true })
})

test('spans that the app begins by tracer() are children of the active one, unless it says otherwise', async (t) => {
  const { spans } = await ask(t, 'byHand', 6)

  const isRoot = ({ operationName }: ReceivedSpan) => operationName === 'root'
  assert.equal(spans.find(isRoot)?.parentId, '0')
  assert.deepEqual(tree(spans.filter((span) => !isRoot(span))), [
    'GET',
    ' child of the request',
    '  child by hand',
    ' opened',
    '  child of opened',
  ])
})

test("the app's own globalTracer() is the agent's, and its spans find their parents", async (t) => {
  const { answer, spans } = await ask(t, 'global', 4)

  assert.equal(answer, true)
  assert.deepEqual(tree(spans), ['GET', ' opened', '  child of opened', ' child of the request'])
})

test('inject gives the headers of the active span, or adds them to those it is given', async (t) => {
  const { answer } = await ask(t, 'inject', 2)

  const { id, fresh, same, given, headers, frozen } = answer as Injected
  const [traceId, spanId, , flags] = String(fresh['uber-trace-id']).split(':')
  assert.deepEqual([spanId, flags], [id, '1'])
  assert.match(String(fresh.traceparent), new RegExp(`^00-0*${traceId}-0*${spanId}-01$`))
  assert.equal(same, true)
  assert.deepEqual(given, { kept: 'yes', ...fresh })
  assert.deepEqual(Object.fromEntries(headers), given)
  assert.deepEqual(frozen, {})
})

test('traceIds are those of the active span, with their leading zeros', async (t) => {
  const { answer, spans } = await ask(t, 'ids', 2)

  const { request, inner } = answer as { request: Ids; inner: Ids }
  const traceId = spans[0]?.traceId.padStart(16, '0')
  for (const [ids, spanId] of [request, inner])
    assert.deepEqual(ids, { traceId, spanId: spanId.padStart(16, '0'), sampled: true })
  assert.notEqual(request[1], inner[1])
})

test('traceIds tell that a trace is not sampled', async (t) => {
  const app = await startApp(t, 'api.js', { env: { JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '0' } })

  const { request } = JSON.parse((await app.get('/ids')).body)

  assert.equal(request[0].sampled, false)
})

test('flush resolves when what is finished has left', async (t) => {
  const app = await startApp(t, 'api.js', { env: { JAEGER_REPORTER_FLUSH_INTERVAL: '3600000' } })

  const { body } = await app.get('/flush')

  assert.equal(body, 'true')
  assert.equal((await app.span()).operationName, 'flushed')
})

test('a name that the app gives to the span of a request stays', async (t) => {
  const { spans } = await ask(t, 'renamed', 1)

  assert.equal(spans[0]?.operationName, 'renamed')
})

test('what is no span, no name or no carrier changes nothing', async (t) => {
  const { answer } = await ask(t, 'odd', 3)

  assert.deepEqual(answer, [true, true, 1, true])
})

test('work that goes on after its request has no request, though its spans belong to the trace', async (t) => {
  const app = await startApp(t, 'api.js')

  await app.get('/late')

  const [, seen = ''] = await printed(app, /^(\[.*\])$/m)
  assert.deepEqual(JSON.parse(seen), [null, 'string', true, true])
  assert.deepEqual(tree(await app.spans(2)), ['GET', ' late'])
})

test('outside of all requests there is nothing, and withSpan begins a trace of its own', async (t) => {
  const app = await startApp(t, 'api.js', { env: { JOB: 'yes' } })

  assert.match(app.stdout, /^outside: \[null,null,\{\},\{"kept":1\},"function"\]$/m)
  assert.deepEqual(tree(await app.spans(3)), ['job', ' GET', '  GET'])
})

for (const [name, options] of Object.entries<Options>({
  'without the agent': { node: [] },
  'with the agent switched off': { env: { TRACE_ENABLED: 'false' } },
  'in a request that is excluded': { env: { TRACE_EXCLUDE: '/*' } },
})) {
  test(`${name} all of the API does nothing, and hands on what it runs`, async (t) => {
    const app = await startApp(t, 'api.js', options)
    const ask = async (path: string) => JSON.parse((await app.get(`/${path}`)).body)

    assert.match(app.stdout, /^outside: \[null,null,\{\},\{"kept":1\},"function"\]$/m)
    assert.deepEqual(await ask('after'), { value: 7, back: true })
    assert.deepEqual(await ask('errors'), ['thrown', 'rejected'])
    assert.deepEqual(await ask('thenables'), [1, 1])
    assert.deepEqual(await ask('ids'), { request: [{}, null], inner: [{}, ''] })
    assert.equal(await ask('flush'), true)
    assert.equal(await ask('byHand'), true)
    assert.equal(await ask('given'), true)
    const injected = await ask('inject')
    assert.deepEqual([injected.fresh, injected.given], [{}, { kept: 'yes' }])
    assert.equal(app.stderr, '')
  })
}

test('in a request that is excluded, inject carries on what came in', async (t) => {
  const app = await startApp(t, 'api.js', { env: { TRACE_EXCLUDE: '/inject' } })

  const { fresh } = JSON.parse((await app.get('/inject', { 'uber-trace-id': 'abc:def:0:1' })).body)

  assert.match(fresh['uber-trace-id'], /^0*abc:0*def:0*:1$/)
})

async function ask(t: Parameters<typeof startApp>[0], path: string, spans: number) {
  const app = await startApp(t, 'api.js')
  const { body } = await app.get(`/${path}`)
  const found = await allSpans(app, spans)
  assert.equal(app.stderr, '')
  return { answer: JSON.parse(body) as unknown, spans: found }
}

/** The names of spans that are given in the order of their start, each indented by a blank more than its parent. */
function tree(spans: readonly ReceivedSpan[]): string[] {
  const depths = new Map([['0', -1]])
  return spans.map(({ operationName, spanId, parentId }) => {
    const depth = (depths.get(parentId) ?? Number.NaN) + 1
    depths.set(spanId, depth)
    return ' '.repeat(depth) + operationName
  })
}

type Ids = [ids: Record<string, unknown>, spanId: string]

interface Injected {
  readonly id: string
  readonly fresh: Record<string, string>
  readonly same: boolean
  readonly given: Record<string, string>
  readonly headers: readonly [string, string][]
  readonly frozen: Record<string, string>
}
