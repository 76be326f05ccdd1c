import assert from 'node:assert/strict'
import http from 'node:http'
import test from 'node:test'
import { readW3c, writeW3c } from '../../../src/agent/propagation/w3c.js'

const TRACE = '12345678901234567890123456789012'
const SPAN = '1234567890123456'
const PARENT = `00-${TRACE}-${SPAN}-01`
const context = { traceId: TRACE, spanId: SPAN, parentId: '', flags: 1, baggage: {}, tracestate: '' }

/** From the examples of the specification and of https://github.com/w3c/trace-context/blob/level-1/test/test.py */
const valid: [string, string, object][] = [
  ['sampled', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', { spanId: '00f067aa0ba902b7', flags: 1 }],
  ['not sampled', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00', { flags: 0 }],
  ['flags that have no meaning', `00-${TRACE}-${SPAN}-fe`, { flags: 0 }],
  ['all flags', `00-${TRACE}-${SPAN}-ff`, { flags: 1 }],
  ['version cc', `cc-${TRACE}-${SPAN}-01`, { traceId: TRACE, spanId: SPAN, flags: 1 }],
  ['version cc, longer', `cc-${TRACE}-${SPAN}-01-what-the-future-will-be-like`, { traceId: TRACE, flags: 1 }],
  ['version 01 that ends in a hyphen', `01-${TRACE}-${SPAN}-01-`, { traceId: TRACE }],
  ['64 bits', `00-0000000000000000a3ce929d0e0e4736-${SPAN}-01`, { traceId: 'a3ce929d0e0e4736' }],
  ['64 bits with zeros', `00-00000000000000000000000000000001-${SPAN}-01`, { traceId: '0000000000000001' }],
  ['65 bits', `00-0000000000000001a3ce929d0e0e4736-${SPAN}-01`, { traceId: '0000000000000001a3ce929d0e0e4736' }],
]

for (const [name, traceparent, expected] of valid) {
  test(`traceparent: ${name} is read`, () => {
    const read = readW3c({ traceparent })

    assert.deepEqual({ ...read, ...expected }, { ...read })
    assert.equal(read?.parentId, '')
    assert.equal(read?.debugId, '')
  })
}

const invalid: unknown[] = [
  ...[`${PARENT}.`, `${PARENT}-what-the-future-will-be-like`, `cc-${TRACE}-${SPAN}-01.what-the-future-will-be-like`],
  ...[`ff-${TRACE}-${SPAN}-01`, `.0-${TRACE}-${SPAN}-01`, `0.-${TRACE}-${SPAN}-01`, `000-${TRACE}-${SPAN}-01`],
  ...[`0000-${TRACE}-${SPAN}-01`, `0-${TRACE}-${SPAN}-01`, `00-${'0'.repeat(32)}-${SPAN}-01`],
  ...[`00-.2345678901234567890123456789012-${SPAN}-01`, `00-1234567890123456789012345678901.-${SPAN}-01`],
  ...[`00-${TRACE}3-${SPAN}-01`, `00-${TRACE.slice(1)}-${SPAN}-01`, `00-${TRACE}-${'0'.repeat(16)}-01`],
  ...[`00-${TRACE}-.234567890123456-01`, `00-${TRACE}-123456789012345.-01`, `00-${TRACE}-${SPAN}7-01`],
  ...[`00-${TRACE}-${SPAN.slice(1)}-01`, `00-${TRACE}-${SPAN}-.0`, `00-${TRACE}-${SPAN}-0.`, `00-${TRACE}-${SPAN}-001`],
  ...[`00-${TRACE}-${SPAN}-1`, `00-${TRACE}-${SPAN}`, `00-${TRACE}-${SPAN}-`, `${PARENT}, ${PARENT}`, `${PARENT}\n`],
  ...[`00-${TRACE.slice(1)}A-${SPAN}-01`, `00-${TRACE}-${SPAN.slice(1)}F-01`, `CC-${TRACE}-${SPAN}-01`],
  ...[`00_${TRACE}_${SPAN}_01`, '', '-', '00', `cc-${TRACE}-${SPAN}-01${'f'.repeat(16_384)}`, '-'.repeat(55)],
  ...[`00-${TRACE}-${SPAN}-0１`, undefined, null, 1, true, [PARENT], { toString: () => PARENT }, Symbol('s')],
]

test('traceparent in any other form is none, and so is its tracestate; baggage counts all the same', () => {
  for (const traceparent of invalid) {
    const read = readW3c({ traceparent, tracestate: 'a=1', baggage: 'user=ann' })

    assert.deepEqual([read?.traceId, read?.spanId, read?.tracestate], ['', '', ''], String(traceparent))
    assert.equal(read?.flags, undefined)
    assert.deepEqual({ ...read?.baggage }, { user: 'ann' })
    assert.equal(readW3c({ traceparent, tracestate: 'a=1' }), undefined)
  }
})

test('a carrier may spell its keys in any case, and what it inherits is not its own', () => {
  const read = readW3c({ TrAcEpArEnT: PARENT, TraceState: 'foo=1', BAGGAGE: 'Key=1' })

  assert.deepEqual([read?.traceId, read?.tracestate], [TRACE, 'foo=1'])
  assert.deepEqual({ ...read?.baggage }, { Key: '1' })
  assert.equal(readW3c(Object.create({ traceparent: PARENT })), undefined)
  for (const name of ['trace-parent', 'trace.parent']) assert.equal(readW3c({ [name]: PARENT }), undefined)
})

const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789_-*/'
const VALUE = Array.from({ length: 95 }, (_, code) => String.fromCharCode(code + 32))
  .filter((character) => character !== ',' && character !== '=')
  .join('')
const members = (count: number) => Array.from({ length: count }, (_, index) => `bar${index}=${index}`)

const states: [string, string, string][] = [
  ['two members', 'foo=1,bar=2', 'foo=1,bar=2'],
  [
    'the example of the specification',
    'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
    'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
  ],
  ['blanks', '\t foo=1 \t , \t bar=2, \t baz=3\t', 'foo=1,bar=2,baz=3'],
  ['empty members, as of empty headers', ', foo=1, ,', 'foo=1'],
  ['64 empty members and more', `foo=1${','.repeat(64)}`, ''],
  ['nothing', '', ''],
  ['every character of a key', `${KEY}=1`, `${KEY}=1`],
  ['every character of a key with a vendor', `${KEY}@a-z0-9_-*/=1`, `${KEY}@a-z0-9_-*/=1`],
  ['every character of a value', `a=${VALUE}`, `a=${VALUE}`],
  ['32 members', members(32).join(), members(32).join()],
  ['33 members', members(33).join(), ''],
  ['a key of 256 characters', `foo=1,${'z'.repeat(256)}=1`, `foo=1,${'z'.repeat(256)}=1`],
  ['a key of 257 characters', `foo=1,${'z'.repeat(257)}=1`, ''],
  ['a tenant of 241 characters', `${'t'.repeat(241)}@${'v'.repeat(14)}=1`, `${'t'.repeat(241)}@${'v'.repeat(14)}=1`],
  ['a tenant of 242 characters', `foo=1,${'t'.repeat(242)}@v=1`, ''],
  ['a system of 15 characters', `foo=1,t@${'v'.repeat(15)}=1`, ''],
  ['a value of 256 characters', `foo=${'v'.repeat(256)}`, `foo=${'v'.repeat(256)}`],
  ['a value of 257 characters', `foo=${'v'.repeat(257)}`, ''],
  ...['foo=1,foo=1', 'foo=1,foo=2', 'foo =1', 'FOO=1', 'foo.bar=1', 'foo@=1,bar=2', '@foo=1,bar=2', '1foo=1'].map(
    (text): [string, string, string] => [text, text, ''],
  ),
  ...['foo@@bar=1,bar=2', 'foo@bar@baz=1,bar=2', 'foo=bar=baz', 'foo=,bar=3', 'foo', '=1', 'foo=é', 'foo=1\u0000'].map(
    (text): [string, string, string] => [text, text, ''],
  ),
]

for (const [name, tracestate, expected] of states) {
  test(`tracestate: ${name.slice(0, 60)} ${expected === '' ? 'is dropped' : 'goes on'}`, () => {
    const read = readW3c({ traceparent: PARENT, tracestate })

    assert.equal(read?.tracestate, expected)
    assert.equal(read?.traceId, TRACE)
  })
}

test('of a tracestate of more than 512 characters long members go first, then the last', () => {
  const short = Array.from({ length: 8 }, (_, index) => `s${index}=${'v'.repeat(97)}`)
  const tracestate = [`long=${'v'.repeat(200)}`, ...short].join()

  assert.equal(readW3c({ traceparent: PARENT, tracestate })?.tracestate, short.slice(0, 5).join())
})

/** From https://github.com/w3c/baggage: the specification's examples and its tests. */
const lists: [string, Record<string, string>][] = [
  [
    'key1=value1;property1;property2, key2 = value2, key3=value3; propertyKey=propertyValue',
    { key1: 'value1', key2: 'value2', key3: 'value3' },
  ],
  [
    'userId=alice,serverNode=DF%2028,isProduction=false',
    { userId: 'alice', serverNode: 'DF 28', isProduction: 'false' },
  ],
  [
    'userId =   alice, serverNode = DF%2028, isProduction = false',
    { userId: 'alice', serverNode: 'DF 28', isProduction: 'false' },
  ],
  [
    'SomeKey \t = \t SomeValue \t ; \t SomeProp \t , \t SomeKey2 \t = \t SomeValue2 \t ; \t P \t = \t V',
    { SomeKey: 'SomeValue', SomeKey2: 'SomeValue2' },
  ],
  ['SomeKey=SomeValue=equals', { SomeKey: 'SomeValue=equals' }],
  ['SomeKey=%09%20%22%27%3B%3Dasdf%21%40%23%24%25%5E%26%2A%28%29', { SomeKey: '\t "\';=asdf!@#$%^&*()' }],
  ['empty=,plus=a+b,twice=1,twice=2', { empty: '', plus: 'a+b', twice: '2' }],
  ['Case=1,case=2', { Case: '1', case: '2' }],
  ['a=%E2%82%AC,b=%FF,c=x%e2%82', { a: '€', b: '\ufffd', c: 'x\ufffd' }],
]

for (const [list, expected] of lists) {
  test(`baggage: ${JSON.stringify(list)} is read`, () => {
    assert.deepEqual({ ...readW3c({ baggage: list })?.baggage }, expected)
  })
}

test('an entry of baggage that is malformed is left out alone', () => {
  const entries = [
    'a=%ZZ',
    'b c=1',
    '=1',
    'd',
    'e="1"',
    'f=1 2',
    'g=\\',
    'h=ü',
    'i=%',
    'j=%E',
    'k@=1',
    '',
    'l=\u0000',
    'ok=1',
  ]

  assert.deepEqual({ ...readW3c({ baggage: entries.join() })?.baggage }, { ok: '1' })
})

test('baggage is read up to 64 entries and 8,192 bytes', () => {
  const sizes = [
    Array.from({ length: 100 }, (_, index) => `k${index}=v`).join(),
    Array.from({ length: 10 }, (_, index) => `k${index}=${'v'.repeat(1_000)}`).join(),
    `a=${'0123456789'.repeat(819)}`,
    `a=b,c=${'d'.repeat(9_000)}`,
  ].map((baggage) => Object.keys(readW3c({ baggage })?.baggage ?? {}).length)

  assert.deepEqual(sizes, [64, 8, 1, 1])
})

test('no key of baggage reaches into the language', () => {
  const baggage = readW3c({ baggage: '__proto__=1,constructor=2' })?.baggage

  assert.deepEqual(Object.entries(baggage ?? {}), [
    ['__proto__', '1'],
    ['constructor', '2'],
  ])
  assert.equal(Object.getPrototypeOf(baggage), null)
})

test('what is written is what Node accepts as headers, and reads the same', () => {
  const baggage: Record<string, string> = { tenant: 'a b€,;="\\', 'x y': '1', 'a\nb': '1', half: '\ud800', k: '' }
  const headers: Record<string, string> = {}

  writeW3c({ ...context, flags: 0xf, baggage, tracestate: 'foo=1,bar=2' }, headers)

  assert.deepEqual(headers, {
    traceparent: PARENT,
    tracestate: 'foo=1,bar=2',
    baggage: 'tenant=a%20b%E2%82%AC%2C%3B%3D%22%5C,k=',
  })
  for (const [name, value] of Object.entries(headers)) http.validateHeaderValue(name, value)
  const read = readW3c(headers)
  assert.deepEqual({ ...read?.baggage }, { tenant: 'a b€,;="\\', k: '' })
  assert.deepEqual({ ...read, baggage: {} }, { ...context, tracestate: 'foo=1,bar=2', debugId: '' })
})

test('ids of 64 bits, and those that lack zeros, are filled up', () => {
  const headers = {}

  writeW3c({ ...context, traceId: 'abc', spanId: '1', flags: 0 }, headers)

  assert.deepEqual(headers, { traceparent: '00-00000000000000000000000000000abc-0000000000000001-00' })
})

test('baggage is written up to 8,192 bytes', () => {
  const headers: Record<string, string> = {}
  const baggage = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`key${index}`, 'v'.repeat(1_000)]))

  writeW3c({ ...context, baggage: { ...baggage, last: 'fits' } }, headers)

  assert.equal(headers.baggage?.split(',').length, 9)
  assert.match(headers.baggage ?? '', /,last=fits$/)
})

test('without ids, or where nobody has decided on sampling, no traceparent is written', () => {
  for (const change of [{ traceId: '' }, { spanId: '' }, { flags: undefined }]) {
    const headers = {}

    writeW3c({ ...context, ...change, tracestate: 'a=1', baggage: { a: 'b' } }, headers)

    assert.deepEqual(headers, { baggage: 'a=b' })
  }
})
