import assert from 'node:assert/strict'
import test from 'node:test'
import { anyPath, parsePath, requestPath } from '../../src/agent/paths.js'

const matching: readonly [entry: string, path: string, matches: boolean][] = [
  ['/metrics', '/metrics', true],
  ['/metrics', '/metrics/', false],
  ['/metrics', '/metrics/x', false],
  ['/metrics', '/Metrics', false],
  ['/metrics', '/x/metrics', false],
  ['/a?b', '/a?b', true],
  ['/a?b', '/axb', false],
  ['/a.b', '/axb', false],
  ['/constructor', '/constructor', true],
  ['/static/*', '/static/', true],
  ['/static/*', '/static/a/b.png', true],
  ['/static/*', '/static', false],
  ['/static/*', '/x/static/a', false],
  ['/*.png', '/a/b.png', true],
  ['/*.png', '/a/bxpng', false],
  ['/*.png', '/.png/x', false],
  ['*', '/anything/at/all', true],
  ['*', '*', true],
  ['/a*b*c', '/a-b-c', true],
  ['/a*b*c', '/abc', true],
  ['/a*b*c', '/a-c-b', false],
  ['/a*a', '/a', false],
  ['/ab*ba', '/aba', false],
  ['/a*bb*b', '/abb', false],
  ['/a**b', '/ab', true],
  ['/a?*', '/a?x', true],
  ['/a?*', '/abx', false],
  ['~^/v\\d+/ping$', '/v12/ping', true],
  ['~^/v\\d+/ping$', '/V12/ping', false],
  ['~ ^/x', '/x', true],
  ['~ping', '/v1/ping/x', true],
  ['~*^/v\\d+/PING$', '/V12/ping', true],
  ['~* ^/x', '/X', true],
]

for (const [entry, path, matches] of matching) {
  test(`the entry ${entry} ${matches ? 'matches' : 'does not match'} the path ${path}`, () => {
    const matcher = parsePath(entry)

    assert.ok(matcher !== undefined)
    assert.equal(anyPath([matcher])(path), matches)
  })
}

for (const entry of ['', 'metrics', 'http://h/p', '~', '~*', '~ ', '~(', '~*[', '~*?', '~a{2,1}']) {
  test(`the entry ${JSON.stringify(entry)} is refused`, () => {
    assert.equal(parsePath(entry), undefined)
  })
}

test('a path is matched by any entry of a list, and by no other', () => {
  const entries = ['/healthz', '/static/*', '~^/v\\d+$'].map(parsePath)

  const isListed = anyPath(entries.filter((entry) => entry !== undefined))

  assert.deepEqual(['/healthz', '/static/x', '/v1', '/users'].map(isListed), [true, true, true, false])
})

test('an empty list matches nothing', () => {
  assert.equal(anyPath([])('/'), false)
})

test('a regular expression answers the same each time', () => {
  const matcher = parsePath('~ping')
  assert.ok(matcher !== undefined)

  const isListed = anyPath([matcher])

  assert.deepEqual([isListed('/ping'), isListed('/ping'), isListed('/ping')], [true, true, true])
})

test('a glob of many stars comes to an end on a long path that it nearly matches', () => {
  const matcher = parsePath(`/${'a*'.repeat(200)}b`)
  assert.ok(matcher !== undefined)

  const matches = anyPath([matcher])(`/${'a'.repeat(100_000)}`)

  assert.equal(matches, false)
})

const targets: readonly [url: string, path: string][] = [
  ['/users', '/users'],
  ['/users?page=1', '/users'],
  ['/users#top?x', '/users'],
  ['/%68ealth', '/health'],
  ['/caf%C3%A9', '/café'],
  ['/a%2Fb', '/a/b'],
  ['/%2568', '/%68'],
  ['/a?b=%zz', '/a'],
  ['/%', '/%'],
  ['/%zz/%68', '/%zz/%68'],
  ['/%ff', '/%ff'],
  ['http://host/p?x', '/p'],
  ['HTTPS://user:password@host:1/p', '/p'],
  ['http://host', '/'],
  ['http://host?x', '/'],
  ['http://[', '/'],
  ['*', '*'],
  ['//', '//'],
  ['//host/p', '//host/p'],
  ['/x?http://h/p', '/x'],
  ['/http://h/p', '/http://h/p'],
  ['host:443', 'host:443'],
]

for (const [url, path] of targets) {
  test(`the path of the target ${url} is ${path}`, () => {
    assert.equal(requestPath(url), path)
  })
}
