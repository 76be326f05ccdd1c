import assert from 'node:assert/strict'
import test from 'node:test'
import { readB3, readB3Single, writeB3, writeB3Single } from '../../../src/agent/propagation/b3.js'
import type { TraceContext } from '../../../src/agent/propagation/trace-context.js'

const TRACE = '80f198ee56343ba864fe8b2a57d3eff7'
const SPAN = 'e457b5a2e4d86bd1'
const PARENT = '05e3ac9a4f6e3b90'
const ids = { 'x-b3-traceid': TRACE, 'x-b3-spanid': SPAN }

/** What every context of B3 has, and some of its own. */
function context(part: Partial<TraceContext>): TraceContext {
  const nothing = { traceId: '', spanId: '', parentId: '', flags: undefined, tracestate: '', debugId: '' }
  return { ...nothing, baggage: Object.create(null), ...part }
}

/** From https://github.com/openzipkin/b3-propagation: each state, in many headers and in one. */
const states: [string, boolean, Record<string, string>, string, TraceContext][] = [
  [
    'accept, with a parent',
    false,
    { ...ids, 'x-b3-parentspanid': PARENT, 'x-b3-sampled': '1' },
    `${TRACE}-${SPAN}-1-${PARENT}`,
    context({ traceId: TRACE, spanId: SPAN, parentId: PARENT, flags: 1 }),
  ],
  [
    'accept',
    false,
    { ...ids, 'x-b3-sampled': '1' },
    `${TRACE}-${SPAN}-1`,
    context({ traceId: TRACE, spanId: SPAN, flags: 1 }),
  ],
  [
    'deny',
    false,
    { ...ids, 'x-b3-sampled': '0' },
    `${TRACE}-${SPAN}-0`,
    context({ traceId: TRACE, spanId: SPAN, flags: 0 }),
  ],
  ['defer', false, ids, `${TRACE}-${SPAN}`, context({ traceId: TRACE, spanId: SPAN })],
  [
    'debug',
    true,
    { ...ids, 'x-b3-flags': '1' },
    `${TRACE}-${SPAN}-d`,
    context({ traceId: TRACE, spanId: SPAN, flags: 3 }),
  ],
  [
    '64 bits',
    false,
    { ...ids, 'x-b3-traceid': PARENT, 'x-b3-sampled': '1' },
    `${PARENT}-${SPAN}-1`,
    context({ traceId: PARENT, spanId: SPAN, flags: 1 }),
  ],
  ['deny, without ids', false, { 'x-b3-sampled': '0' }, '0', context({ flags: 0 })],
  ['accept, without ids', false, { 'x-b3-sampled': '1' }, '1', context({ flags: 1 })],
  ['debug, without ids', true, { 'x-b3-flags': '1' }, 'd', context({ flags: 3 })],
]

for (const [name, allowDebug, many, b3, expected] of states) {
  test(`b3: ${name} is read from either encoding, and written the same`, () => {
    const writtenMany = {}
    const writtenOne = {}
    writeB3(expected, writtenMany)
    writeB3Single(expected, writtenOne)

    assert.deepEqual(readB3(many, allowDebug), expected)
    assert.deepEqual(readB3Single({ b3 }, allowDebug), expected)
    assert.deepEqual(writtenMany, many)
    assert.deepEqual(writtenOne, { b3 })
  })
}

test('a debug flag that nobody may set is none: the decision is left to the sampler', () => {
  const deferred = context({ traceId: TRACE, spanId: SPAN })

  assert.deepEqual(readB3({ ...ids, 'x-b3-flags': '1' }, false), deferred)
  assert.deepEqual(readB3Single({ b3: `${TRACE}-${SPAN}-d` }, false), deferred)
  assert.equal(readB3({ 'x-b3-flags': '1' }, false), undefined)
  assert.equal(readB3Single({ b3: 'd' }, false), undefined)
  assert.equal(readB3({ ...ids, 'x-b3-flags': '1', 'x-b3-sampled': '0' }, false)?.flags, 0)
})

test('debug counts more than the header that says the rest', () => {
  assert.equal(readB3({ ...ids, 'x-b3-flags': '1', 'x-b3-sampled': '0' }, true)?.flags, 3)
  assert.equal(readB3({ ...ids, 'x-b3-flags': '0', 'x-b3-sampled': '1' }, true)?.flags, 1)
})

test('X-B3-Sampled may be a word, as older tracers write it; anything else is no decision', () => {
  const flags = ['true', 'false', 'TRUE', 'd', '2', '', '1, 1', ' 1'].map(
    (sampled) => readB3({ ...ids, 'x-b3-sampled': sampled }, true)?.flags,
  )

  assert.deepEqual(flags, [1, 0, undefined, undefined, undefined, undefined, undefined, undefined])
})

test("ids may lack leading zeros in many headers, as those of Jaeger's clients do", () => {
  const read = readB3(
    { 'X-B3-TraceId': 'abc', 'X-B3-SpanId': '1', 'X-B3-ParentSpanId': '2', 'X-B3-Sampled': '1' },
    false,
  )
  const written = {}
  writeB3(context({ ...read }), written)

  assert.deepEqual(read, context({ traceId: 'abc', spanId: '1', parentId: '2', flags: 1 }))
  assert.deepEqual(written, {
    'x-b3-traceid': '0000000000000abc',
    'x-b3-spanid': '0000000000000001',
    'x-b3-parentspanid': '0000000000000002',
    'x-b3-sampled': '1',
  })
})

test('of a trace of which nobody has decided, neither encoding says that anybody has', () => {
  const many = {}
  const one = {}

  writeB3(context({ traceId: TRACE, spanId: SPAN }), many)
  writeB3Single(context({ traceId: TRACE, spanId: SPAN, parentId: PARENT }), one)

  assert.deepEqual(many, ids)
  assert.deepEqual(one, { b3: `${TRACE}-${SPAN}` })
})

const badTraceIds = [
  '',
  '0',
  '0'.repeat(32),
  `${TRACE}0`,
  TRACE.toUpperCase(),
  '12g4',
  ' 1',
  '1 ',
  '1\n',
  '-1',
  '0x1',
  '１',
]
const badSpanIds = [...badTraceIds, `${SPAN}0`, TRACE]

test('ids that are no lower-case hex digits, or all zeros, are none, and the decision beside them is not taken', () => {
  const headers = { ...ids, 'x-b3-sampled': '1', 'x-b3-flags': '1' }

  for (const bad of [...badTraceIds, 'f'.repeat(16_384)]) {
    assert.equal(readB3({ ...headers, 'x-b3-traceid': bad }, true), undefined, bad)
  }
  for (const bad of badSpanIds) assert.equal(readB3({ ...headers, 'x-b3-spanid': bad }, true), undefined, bad)
  for (const bad of badSpanIds) assert.equal(readB3({ ...headers, 'x-b3-parentspanid': bad }, true)?.parentId, '', bad)
  assert.equal(readB3({ 'x-b3-traceid': TRACE, 'x-b3-sampled': '1' }, true), undefined)
  assert.equal(readB3({ 'x-b3-spanid': SPAN, 'x-b3-sampled': '1' }, true), undefined)
})

const bad: unknown[] = [
  ...['', '-', '2', 'D', '00', '11', TRACE, `${TRACE}-`, `-${SPAN}`, `${TRACE}-${SPAN}-`, `${TRACE}-${SPAN}-2`],
  ...[`${TRACE}-${SPAN}-D`, `${TRACE}-${SPAN}-1-`, `${TRACE}-${SPAN}-1-${PARENT}-1`, `${TRACE}-${SPAN}-1-${TRACE}`],
  ...[`${TRACE}1-${SPAN}-1`, `${TRACE.slice(1)}-${SPAN}-1`, `${TRACE}-${SPAN}1-1`, `${TRACE}-${SPAN.slice(1)}-1`],
  ...[
    `${'0'.repeat(32)}-${SPAN}-1`,
    `${'0'.repeat(16)}-${SPAN}-1`,
    `${TRACE}-${'0'.repeat(16)}-1`,
    `${TRACE}-${SPAN}-true`,
  ],
  ...[
    TRACE.toUpperCase(),
    ' ',
    ` ${TRACE}-${SPAN}-1`,
    `${TRACE}-${SPAN}-1\n`,
    `${TRACE}-${SPAN}-1, ${TRACE}-${SPAN}-1`,
  ],
  ...[`${TRACE.toUpperCase()}-${SPAN}-1`, '-'.repeat(16_384), 'f'.repeat(16_384), '１', undefined, null, 1, true],
  ...[['1'], { toString: () => '1' }, Symbol('s')],
]

test('b3 in any other form is none', () => {
  for (const b3 of bad) assert.equal(readB3Single({ b3 }, true), undefined, String(b3))
})

test('a parent without a decision before it is read', () => {
  const expected = context({ traceId: TRACE, spanId: SPAN, parentId: PARENT })

  assert.deepEqual(readB3Single({ B3: `${TRACE}-${SPAN}-${PARENT}` }, false), expected)
  assert.equal(readB3Single({ b3: `${TRACE}-${SPAN}-1-${'0'.repeat(16)}` }, false)?.parentId, '')
})

test('what a carrier inherits is not its own', () => {
  assert.equal(readB3(Object.create({ ...ids, 'x-b3-sampled': '1' }), true), undefined)
  assert.equal(readB3Single(Object.create({ b3: '1' }), true), undefined)
})
