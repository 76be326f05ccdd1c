import assert from 'node:assert/strict'
import test from 'node:test'
import { FORMAT_HTTP_HEADERS, FORMAT_TEXT_MAP, type Tracer } from 'opentracing'
import type { FormatName } from '../../../../src/agent/propagation/index.js'
import { createTracer, type JaegerSpan } from '../../../../src/agent/tracers/jaeger/index.js'

type Headers = Record<string, string>

const TRACE = '5af7651916cd43dd8448eb211c80319c'
const SPAN = 'b7ad6b7169203331'
const NEVER = { JAEGER_SAMPLER_TYPE: 'const', JAEGER_SAMPLER_PARAM: '0' }

/** A tracer, and the spans that it would send. */
function tracerFor(propagation: FormatName[], environment: NodeJS.ProcessEnv = {}, debugId = false) {
  const sent: JaegerSpan[] = []
  const reporter = { setProcess() {}, report: (span: JaegerSpan) => sent.push(span), close() {} }
  return { tracer: createTracer({ serviceName: 'shop', debugId, propagation }, environment, reporter), sent }
}

/** The headers of a call made in a request that came with these headers; both spans are finished. */
function callOf(tracer: Tracer, incoming: Headers): Headers {
  const headers = {}
  const parent = tracer.extract(FORMAT_HTTP_HEADERS, incoming)
  const server = tracer.startSpan('server', parent === null ? {} : { childOf: parent })
  const client = tracer.startSpan('client', { childOf: server })
  tracer.inject(client, FORMAT_HTTP_HEADERS, headers)
  client.finish()
  server.finish()
  return headers
}

test('a call is in the trace that came, in every format, whichever was read', () => {
  const { tracer } = tracerFor(['jaeger', 'w3c', 'b3', 'b3-single'])
  const senders: Headers[] = [
    { 'uber-trace-id': `${TRACE}:${SPAN}:0:1` },
    { traceparent: `00-${TRACE}-${SPAN}-01` },
    { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN, 'x-b3-sampled': '1' },
    { b3: `${TRACE}-${SPAN}-1` },
  ]
  for (const incoming of senders) {
    const headers = callOf(tracer, incoming)

    assert.match(String(headers['uber-trace-id']), new RegExp(`^${TRACE}:[\\da-f]{1,16}:[\\da-f]{1,16}:1$`))
    assert.match(String(headers.traceparent), new RegExp(`^00-${TRACE}-[\\da-f]{16}-01$`))
    assert.match(String(headers.b3), new RegExp(`^${TRACE}-[\\da-f]{16}-1-[\\da-f]{16}$`))
    assert.equal(headers['x-b3-traceid'], TRACE)
    assert.equal(headers.b3?.slice(33, 49), headers['x-b3-spanid'])
    assert.equal(headers.traceparent?.slice(36, 52), headers['x-b3-spanid'])
  }
})

test('the span of the request is a child of the sender in the store, at 64 bits as at 128', () => {
  const { tracer, sent } = tracerFor(['jaeger', 'w3c'])

  callOf(tracer, { traceparent: `00-0000000000000000${SPAN}-00000000000000ab-01` })
  callOf(tracer, { 'uber-trace-id': `${SPAN}:ab:0:1` })

  const servers = sent.filter(({ operationName }) => operationName === 'server').map((span) => span.context())
  const hex = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('hex')
  assert.deepEqual(
    servers.map(({ traceId, traceIdStr, parentId }) => [hex(traceId), traceIdStr, hex(parentId)]),
    [
      [SPAN, SPAN, '00000000000000ab'],
      [SPAN, SPAN, '00000000000000ab'],
    ],
  )
})

test('tracestate goes on with every call of the trace, and with no other', () => {
  const { tracer } = tracerFor(['jaeger', 'w3c'])
  const incoming = { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'rojo=00f067aa0ba902b7, congo=t61rcWkgMzE' }
  const server = tracer.startSpan('server', { childOf: tracer.extract(FORMAT_HTTP_HEADERS, incoming) ?? assert.fail() })
  const inner = tracer.startSpan('inner', { childOf: server })
  inner.setBaggageItem('a', 'b')

  const written = [server, inner, tracer.startSpan('inmost', { childOf: inner }), tracer.startSpan('other')].map(
    (span) => {
      const headers: Headers = {}
      tracer.inject(span, FORMAT_TEXT_MAP, headers)
      return headers
    },
  )

  const expected = 'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE'
  assert.deepEqual(
    written.map(({ tracestate }) => tracestate),
    [expected, expected, expected, undefined],
  )
  assert.deepEqual(
    written.map(({ baggage }) => baggage),
    [undefined, 'a=b', 'a=b', undefined],
  )
})

test('tracestate reaches the service after the next, where both of ours speak Jaeger first', () => {
  const { tracer } = tracerFor(['jaeger', 'w3c'])

  const first = callOf(tracer, { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'a=1' })
  const second = callOf(tracer, first)

  assert.ok(first['uber-trace-id'])
  assert.equal(second.tracestate, 'a=1')
})

test('a hop that makes no span hands on what came, without adding to it', () => {
  const { tracer } = tracerFor(['jaeger', 'w3c', 'b3', 'b3-single'])
  const deferred = { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN }
  const carriers: [Headers, Headers][] = [
    [{ b3: '0' }, { b3: '0', 'x-b3-sampled': '0' }],
    [deferred, { ...deferred, b3: `${TRACE}-${SPAN}` }],
    [{ 'uberctx-a': 'b' }, { 'uberctx-a': 'b', baggage: 'a=b' }],
  ]
  for (const [incoming, expected] of carriers) {
    const outgoing = {}

    tracer.inject(tracer.extract(FORMAT_HTTP_HEADERS, incoming) ?? assert.fail(), FORMAT_HTTP_HEADERS, outgoing)

    assert.deepEqual(outgoing, expected)
  }
})

test('b3: a decision without ids holds for the new trace, and for its calls', () => {
  const { tracer, sent } = tracerFor(['b3-single', 'jaeger'])
  const never = tracerFor(['b3'], NEVER)

  const denied = callOf(tracer, { b3: '0', 'uberctx-a': '1' })
  const accepted = callOf(never.tracer, { 'x-b3-sampled': '1' })

  assert.equal(sent.length, 0)
  assert.match(String(denied.b3), /^[\da-f]{16}-[\da-f]{16}-0-[\da-f]{16}$/)
  assert.equal(denied['uberctx-a'], '1')
  assert.equal(accepted['x-b3-sampled'], '1')
  const root = never.sent.find(({ operationName }) => operationName === 'server')?.context()
  assert.deepEqual([root?.traceIdStr, root?.parentIdStr], [root?.spanIdStr, null])
  assert.equal(accepted['x-b3-traceid'], root?.traceIdStr?.padStart(16, '0'))
})

test('b3: a decision that the sender leaves to us is that of the sampler', () => {
  const always = tracerFor(['b3'])
  const never = tracerFor(['b3'], NEVER)
  const ids = { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN }

  const kept = callOf(always.tracer, ids)
  const lost = callOf(never.tracer, ids)

  assert.deepEqual([always.sent.length, never.sent.length], [2, 0])
  assert.deepEqual([kept['x-b3-sampled'], lost['x-b3-sampled']], ['1', '0'])
  assert.deepEqual([kept['x-b3-traceid'], lost['x-b3-traceid']], [TRACE, TRACE])
})

const debugHeaders: [FormatName, Headers][] = [
  ['jaeger', { 'uber-trace-id': `${TRACE}:${SPAN}:0:2` }],
  ['jaeger', { 'jaeger-debug-id': 'find-me' }],
  ['b3', { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN, 'x-b3-flags': '1' }],
  ['b3', { 'x-b3-flags': '1' }],
  ['b3-single', { b3: `${TRACE}-${SPAN}-d` }],
  ['b3-single', { b3: 'd' }],
]

for (const [format, headers] of debugHeaders) {
  test(`${format}: ${Object.values(headers).at(-1)} forces a trace only where TRACE_DEBUG_ID allows it`, () => {
    const untrusting = tracerFor([format], NEVER)
    const trusting = tracerFor([format], { ...NEVER }, true)

    callOf(untrusting.tracer, headers)
    const call = callOf(trusting.tracer, headers)

    assert.equal(untrusting.sent.length, 0)
    assert.ok(trusting.sent.length === 2 || headers['uber-trace-id'] !== undefined)
    assert.match(JSON.stringify(call), /:[23]"|x-b3-flags":"1"|-d-/)
  })
}

test('w3c: no flag forces a trace', () => {
  const { tracer, sent } = tracerFor(['w3c'], NEVER, true)

  callOf(tracer, { traceparent: `00-${TRACE}-${SPAN}-fe` })

  assert.equal(sent.length, 0)
})
