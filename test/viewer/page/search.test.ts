import assert from 'node:assert/strict'
import test from 'node:test'
import { apiQuery, matchesWords, readSearch } from '../../../src/viewer/page/model/search.js'
import { readWords, writeTag } from '../../../src/viewer/page/model/words.js'

const summary = {
  traceID: 'feedfacecafebeef',
  startTime: 0,
  duration: 1,
  root: { service: 'shop', operation: 'GET /orders/:id' },
  services: [{ name: 'shop', spans: 1, errors: 0 }],
  spans: 1,
  errors: 0,
}

test('words and tags are told apart, quotes keep blanks together', () => {
  const { tags, words } = readWords('orders  http.status_code=500 db.statement="SELECT \\"a\\" FROM b" "two words" q=')

  assert.deepEqual(tags, { 'http.status_code': '500', 'db.statement': 'SELECT "a" FROM b', q: '' })
  assert.deepEqual(words, ['orders', 'two words'])
})

test('a quote that is not closed yet reads to the end', () => {
  assert.deepEqual(readWords('a="b c').tags, { a: 'b c' })
})

for (const value of ['', 'plain', 'two words', 'a "quote"', 'back\\slash and blank', 'a=b']) {
  test(`a tag of the value ${JSON.stringify(value)} reads as it is written`, () => {
    assert.deepEqual(readWords(writeTag('key', value)).tags, { key: value })
  })
}

test('a key that every object has is only a key', () => {
  assert.deepEqual(Object.entries(readWords('__proto__=x constructor=y').tags), [
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ])
})

test('the address of the page becomes a query of the API', () => {
  const search = readSearch(
    new URLSearchParams('service=shop&operation=GET&text=a%3D1+word&min=10&max=1.5s&errors=true'),
  )

  assert.deepEqual(Object.fromEntries(apiQuery(search)), {
    service: 'shop',
    operation: 'GET',
    tags: '{"a":"1"}',
    minDuration: '10000us',
    maxDuration: '1500000us',
    errors: 'true',
    limit: '10000',
  })
})

test('what is no duration yet, and an operation without its service, are not asked for', () => {
  const search = readSearch(new URLSearchParams('operation=GET&min=1x'))

  assert.deepEqual(Object.fromEntries(apiQuery(search)), { limit: '10000' })
})

for (const [words, matches] of [
  [[], true],
  [['ORDERS'], true],
  [['feedface'], true],
  [['shop', 'get'], true],
  [['shop', 'stock'], false],
] as const) {
  test(`the words ${JSON.stringify(words)} ${matches ? 'find' : 'do not find'} GET /orders/:id of shop`, () => {
    assert.equal(matchesWords(summary, words), matches)
  })
}
