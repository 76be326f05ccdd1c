import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type App, startApp } from '../helpers/app.js'
import { allSpans, printed } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'

test('a request keeps its context in its handler, its body, its timers, its promises and its end', async (t) => {
  const app = await startApp(t, 'context.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('POST /late-body HTTP/1.1', 'Host: test', 'Expect: 100-continue', 'Content-Length: 8')
  await wire.heard(/100 Continue/)
  wire.socket.write('half')
  await wire.heard(/100 Continue/)
  wire.socket.write('half')
  const [line] = await printed(app, /^{.*"close".*}$/m)

  const { url, ...seen } = JSON.parse(line)
  const { spanId } = await app.span()
  const places = ['handler', 'request', 'data', 'data timer', 'end', 'promise', 'timer', 'finish', 'close']
  assert.equal(url, '/late-body')
  assert.deepEqual(seen, Object.fromEntries(places.map((place) => [place, spanId])))
})

test('a request keeps its context when its client goes away', async (t) => {
  const app = await startApp(t, 'context.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('POST /gone HTTP/1.1', 'Host: test', 'Expect: 100-continue', 'Content-Length: 8')
  await wire.heard(/100 Continue/)
  wire.hangUp()
  const [line] = await printed(app, /^{.*"aborted".*}$/m)

  const { handler, aborted } = JSON.parse(line)
  assert.equal((await app.span()).spanId, handler)
  assert.equal(aborted, handler)
})

test('the contexts of fifty connections that are kept alive never mix', async (t) => {
  const app = await startApp(t, 'context.js')
  const rounds = 5

  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => converse(t, app, index, rounds)))

  const spans = await allSpans(app, 50 * rounds)
  const byUrl = new Map(spans.map(({ tags, spanId }) => [tags['http.url'], spanId]))
  for (const { url, seen } of answers.flat()) {
    assert.deepEqual(new Set(Object.values(seen)), new Set([byUrl.get(`http://test${url}`)]), url)
  }
  assert.equal(new Set(byUrl.values()).size, 50 * rounds)
  assert.doesNotMatch(app.stdout, /the connection sees a request/)
})

test('the code that emits a request by hand keeps its own context', async (t) => {
  const app = await startApp(t, 'context.js')

  assert.match(app.stdout, /^after a request by hand: none$/m)
})

async function converse(
  t: Parameters<typeof Wire.open>[0],
  app: App,
  index: number,
  rounds: number,
): Promise<{ url: string; seen: Record<string, string> }[]> {
  const wire = await Wire.open(t, app.port)
  const answers = []
  for (let round = 0; round < rounds; round++) {
    const url = `/${index}/${round}`
    wire.received = ''
    wire.ask(`POST ${url} HTTP/1.1`, 'Host: test', 'Content-Length: 4')
    wire.socket.write('body')
    const [body] = await wire.heard(/{.*}/)
    answers.push({ url, seen: JSON.parse(body) })
  }
  return answers
}
