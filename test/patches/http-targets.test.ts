import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { allSpans } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'

/** Request lines and hosts as they come in the wild, and the `http.url` of the span. */
const targets: [line: string, host: string, url: string][] = [
  ['GET / HTTP/1.1', 'shop.example', 'http://shop.example/'],
  ['GET /a/b?c=d HTTP/1.1', 'shop.example:8080', 'http://shop.example:8080/a/b'],
  ['GET /a#fragment?c=d HTTP/1.1', 'shop.example', 'http://shop.example/a'],
  ['GET //evil.example/x HTTP/1.1', 'shop.example', 'http://shop.example//evil.example/x'],
  ['GET http://other.example/p?q=1 HTTP/1.1', 'shop.example', 'http://other.example/p'],
  ['GET http://user:canary@other.example/p HTTP/1.1', 'shop.example', 'http://other.example/p'],
  ['GET HTTP://canary@other.example/p HTTP/1.1', 'shop.example', 'HTTP://other.example/p'],
  ['GET http://user:can@ary@other.example/p HTTP/1.1', 'shop.example', 'http://other.example/p'],
  ['OPTIONS * HTTP/1.1', 'shop.example', 'http://shop.example/*'],
  ['GET / HTTP/1.1', 'user:canary@shop.example', 'http://shop.example/'],
  ['GET / HTTP/1.1', '[::1]:80', 'http://[::1]:80/'],
  ['GET / HTTP/1.1', '[', 'http://[/'],
  ['GET / HTTP/1.1', '', 'http:///'],
  ['GET /%zz/%00 HTTP/1.1', 'shop.example', 'http://shop.example/%zz/%00'],
  ['GET /../../etc HTTP/1.1', 'shop.example', 'http://shop.example/../../etc'],
]

test('http.url shows scheme, host and path of whatever target, never credentials or a query', async (t) => {
  const app = await startApp(t, 'answers.js')

  for (const [line, host] of targets) {
    const wire = await Wire.open(t, app.port)
    wire.ask(line, `Host: ${host}`, 'Connection: close')
    assert.match(await wire.closed(), /^HTTP\/1\.1 200 OK/, line)
  }

  const spans = await allSpans(app, targets.length)
  assert.deepEqual(
    spans.map(({ tags }) => tags['http.url']),
    targets.map(([, , url]) => url),
  )
  assert.doesNotMatch(JSON.stringify(spans), /canary|can@ary/)
  assert.equal(app.stderr, '')
})

test('credentials in the target of a CONNECT are not sent', async (t) => {
  const app = await startApp(t, 'handshake.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('CONNECT user:canary@db.example:5432 HTTP/1.1', 'Host: db.example')
  await wire.heard(/200 Connection Established/)

  assert.doesNotMatch(JSON.stringify(await app.span()), /canary/)
})

test('a request of HTTP/1.0 without a host has the address that it came to', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('GET /old HTTP/1.0')

  assert.match(await wire.closed(), /^HTTP\/1\.1 200 OK/)
  const { tags } = await app.span()
  assert.match(
    String(tags['http.url']),
    new RegExp(`^http://(127\\.0\\.0\\.1|\\[::ffff:127\\.0\\.0\\.1\\]):${app.port}/old$`),
  )
})

test('a target and a host as long as a head may be are cut', async (t) => {
  const app = await startApp(t, 'answers.js')
  const wire = await Wire.open(t, app.port)

  wire.ask(`GET /${'p'.repeat(10_000)} HTTP/1.1`, `Host: ${'h'.repeat(5_000)}`, 'Connection: close')

  assert.match(await wire.closed(), /^HTTP\/1\.1 200 OK/)
  const url = String((await app.span()).tags['http.url'])
  assert.match(url, /^http:\/\/h+\/p+$/)
  assert.ok(url.length < 1_500, `${url.length} characters`)
})

test('a head that is too long, a bad request line and a missing host are refused as without the agent', async (t) => {
  const heads = [
    ['GET / HTTP/1.1', 'Host: test', `X-Long: ${'x'.repeat(20_000)}`],
    ['nonsense'],
    ['GET ?c=d HTTP/1.1', 'Host: test'],
    ['GET / HTTP/1.1'],
    ['GET / HTTP/1.1', 'Host: test', 'Expect: meow'],
    ['CONNECT example.com:443 HTTP/1.1', 'Host: example.com'],
  ]
  const traced = await startApp(t, 'answers.js')
  const plain = await startApp(t, 'answers.js', { node: [] })
  // Node 18 serves a request without a host.
  let served = 0

  for (const head of heads) {
    const [one, other] = await Promise.all(
      [traced, plain].map(async ({ port }) => {
        const wire = await Wire.open(t, port)
        wire.ask(...head, 'Connection: close')
        return (await wire.closed()).replace(/^Date: .*$/m, '')
      }),
    )
    assert.equal(one, other, head[0])
    if (one?.startsWith('HTTP/1.1 200')) served++
  }
  await allSpans(traced, served)
})

const queries: [mode: string, shown: string][] = [
  ['off', '/search'],
  ['redact', '/search?q=shoes&page=2&token=[redacted]&api_key=[redacted]'],
  ['full', '/search?q=shoes&page=2&token=abc&api_key=def'],
]
for (const [mode, shown] of queries) {
  test(`TRACE_QUERY=${mode} shows the query as ${shown}`, async (t) => {
    const app = await startApp(t, 'answers.js', { env: { TRACE_QUERY: mode } })

    await app.get('/search?q=shoes&page=2&token=abc&api_key=def')

    assert.equal((await app.span()).tags['http.url'], `http://127.0.0.1:${app.port}${shown}`)
  })
}

test('credentials are not shown in any mode of TRACE_QUERY', async (t) => {
  const app = await startApp(t, 'answers.js', { env: { TRACE_QUERY: 'full' } })

  await app.get('http://user:canary@other.example/p?q=1')

  assert.equal((await app.span()).tags['http.url'], 'http://other.example/p?q=1')
})

test('no header, cookie, credential, query or body is in a span of its own accord', async (t) => {
  const app = await startApp(t, 'answers.js')
  const headers = ['authorization', 'cookie', 'x-api-key', 'referer', 'forwarded', 'proxy-authorization']

  await app.send('POST', '/upload', Object.fromEntries(headers.map((name) => [name, `canary-${name}`])), 'canary-body')
  await app.get('/?password=canary-query')

  assert.doesNotMatch(JSON.stringify(await allSpans(app, 2)), /canary/)
})
