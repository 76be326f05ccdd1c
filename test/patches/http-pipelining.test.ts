import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { allSpans, printed } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'

const pathOf = (url: unknown) => String(url).replace('http://test', '')

test('pipelined requests are answered in order, and each is a span', async (t) => {
  const app = await startApp(t, 'pipeline.js')
  const wire = await Wire.open(t, app.port)
  const paths = ['/1', '/2-consumed', '/3']

  wire.ask(...paths.flatMap((path) => [`GET ${path} HTTP/1.1`, 'Host: test', '']).slice(0, -1))
  await printed(app, /\/3/)
  await app.get('/release')

  await wire.heard(/\/3$/)
  assert.deepEqual(wire.received.match(/^\/\S+?(?=HTTP|$)/gm), paths)
  const spans = (await allSpans(app, 4)).filter(
    ({ tags }) => tags['http.url'] !== `http://127.0.0.1:${app.port}/release`,
  )
  assert.deepEqual(
    spans.map(({ tags }) => [pathOf(tags['http.url']), tags['http.status_code'], tags['http.aborted']]),
    paths.map((path) => [path, 200, undefined]),
  )
})

for (const suffix of ['', '-consumed']) {
  test(`pipelined requests whose client goes away all end as aborted${suffix && ' when their bodies were read'}`, async (t) => {
    const app = await startApp(t, 'pipeline.js')
    const wire = await Wire.open(t, app.port)
    const paths = ['/1', '/2', '/3', '/4'].map((path) => path + suffix)

    wire.ask(...paths.flatMap((path) => [`GET ${path} HTTP/1.1`, 'Host: test', '']).slice(0, -1))
    await printed(app, suffix === '' ? /\/4/ : /consumed \/4/)
    wire.hangUp()

    const spans = await allSpans(app, paths.length)
    assert.deepEqual(
      spans.map(({ tags }) => [pathOf(tags['http.url']), tags['http.status_code'], tags['http.aborted']]),
      paths.map((path) => [path, undefined, true]),
    )
    for (const { logs } of spans) assert.deepEqual(logs, [{ event: 'aborted' }])
  })
}

test('a request that waits behind an answered one ends as aborted when the client then goes away', async (t) => {
  const app = await startApp(t, 'pipeline.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('GET /1-consumed HTTP/1.1', 'Host: test')
  await printed(app, /consumed \/1/)
  await app.get('/release')
  await wire.heard(/\/1-consumed/)
  wire.ask('GET /2-consumed HTTP/1.1', 'Host: test', '', 'GET /3-consumed HTTP/1.1', 'Host: test')
  await printed(app, /consumed \/3/)
  wire.hangUp()

  const spans = await allSpans(app, 4)
  assert.equal(spans.filter(({ tags }) => tags['http.aborted'] === true).length, 2)
})

test('an answer that never left, because it waited behind another one, has no status', async (t) => {
  const app = await startApp(t, 'pipeline.js')
  const wire = await Wire.open(t, app.port)

  wire.ask('GET /1 HTTP/1.1', 'Host: test', '', 'GET /last HTTP/1.1', 'Host: test')
  await printed(app, /\/last/)
  wire.hangUp()

  const spans = await allSpans(app, 2)
  assert.deepEqual(
    spans.map(({ tags }) => [pathOf(tags['http.url']), tags['http.status_code'], tags['http.aborted']]),
    [
      ['/1', undefined, true],
      ['/last', undefined, true],
    ],
  )
})

for (const path of ['/2', '/2-consumed']) {
  test(`a request that waits behind an answer which closes the connection ends as aborted (${path})`, async (t) => {
    const app = await startApp(t, 'pipeline.js')
    const wire = await Wire.open(t, app.port)

    wire.ask('GET /1-close HTTP/1.1', 'Host: test', '', `GET ${path} HTTP/1.1`, 'Host: test')
    await printed(app, path === '/2' ? /\/2/ : /consumed \/2/)
    await app.get('/release')
    assert.match(await wire.closed(), /\/1-close$/)

    const spans = await allSpans(app, 3)
    const aborted = spans.filter(({ tags }) => tags['http.aborted'] === true)
    assert.deepEqual(
      aborted.map(({ tags }) => pathOf(tags['http.url'])),
      [path],
    )
  })
}

test('a request that waits behind one that is not traced ends with the connection too', async (t) => {
  const app = await startApp(t, 'pipeline.js', { env: { TRACE_EXCLUDE: '/excluded*' } })
  const wire = await Wire.open(t, app.port)

  wire.ask('GET /excluded HTTP/1.1', 'Host: test', '', 'GET /2-consumed HTTP/1.1', 'Host: test')
  await printed(app, /consumed \/2/)
  wire.hangUp()

  const [span] = await allSpans(app, 1)
  assert.equal(pathOf(span?.tags['http.url']), '/2-consumed')
  assert.equal(span?.tags['http.aborted'], true)
})
