import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { root, startApp } from '../helpers/app.js'
import type { ReceivedSpan } from '../helpers/decode.js'

const isClient = ({ tags }: ReceivedSpan) => tags['span.kind'] === 'client'
const library = ['fetch', 'post', 'request', 'list', 'frozen', 'stream', 'pool']

for (const folder of [undefined, 'undici-5', 'undici-6', 'undici-7', 'undici-8']) {
  const name = folder ?? "Node's own fetch"
  const skip = folder !== undefined && !runsHere(folder) && 'this Node is too old for it'
  const args = folder === undefined ? [] : [folder]

  for (const call of folder === undefined ? ['fetch', 'post'] : library) {
    test(`${name}: ${call} is a span that carries the trace on`, { skip }, async (t) => {
      const app = await startApp(t, 'undici.js', { args })

      const headers = JSON.parse((await app.get(`/call/${call}`)).body)

      const client = await app.span(isClient)
      const server = await app.span(({ tags }) => String(tags['http.url']).endsWith(`/call/${call}`))
      assert.match(headers['uber-trace-id'], new RegExp(`^${client.traceId}:0*${client.spanId}:`))
      assert.deepEqual([client.traceId, client.parentId], [server.traceId, server.spanId])
      assert.equal(client.operationName, call === 'post' ? 'POST' : 'GET')
      assert.deepEqual(
        ['component', 'http.url', 'http.status_code', 'peer.hostname', 'peer.port', 'error'].map(
          (tag) => client.tags[tag],
        ),
        ['undici', `http://127.0.0.1:${app.port}/echo`, 200, '127.0.0.1', app.port, undefined],
      )
    })
  }

  if (folder === undefined) continue

  test(`${name}: a header of the app's own and a signed URL stay as they are`, { skip }, async (t) => {
    const app = await startApp(t, 'undici.js', { args })

    const own = JSON.parse((await app.get('/call/own')).body)
    const signed = JSON.parse((await app.get('/call/signed')).body)

    assert.deepEqual([own['uber-trace-id'], own.traceparent], ['1:2:0:1', undefined])
    assert.deepEqual([signed['uber-trace-id'], signed.traceparent], [undefined, undefined])
    await app.collector.take(2, isClient)
  })

  test(`${name}: calls that wait for a connection keep the traces of their callers`, { skip }, async (t) => {
    const app = await startApp(t, 'undici.js', { args })
    const ids = Array.from({ length: 16 }, (_, index) => (index + 1).toString(16))

    const answers = await Promise.all(ids.map((id) => app.get('/call/narrow', { 'uber-trace-id': `${id}:1:0:1` })))

    const seen = answers.map(({ body }) => JSON.parse(body)['uber-trace-id'].split(':')[0].replace(/^0+/, ''))
    assert.deepEqual(seen, ids)
  })

  for (const [call, message] of [
    ['refused', /ECONNREFUSED/],
    ['aborted', /abort/i],
  ] as const) {
    test(`${name}: a call without an answer is an error (${call})`, { skip }, async (t) => {
      const app = await startApp(t, 'undici.js', { args })

      await app.get(`/call/${call}`)

      const client = await app.span(isClient)
      assert.deepEqual([client.tags.error, client.tags['http.status_code']], [true, undefined])
      assert.match(String(client.logs[0]?.message), message)
    })
  }

  test(`${name}: an upgrade ends its span`, { skip }, async (t) => {
    const app = await startApp(t, 'undici.js', { args })

    await app.get('/call/upgrade')

    const client = await app.span(isClient)
    assert.equal(client.tags.error, undefined)
  })
}

function runsHere(folder: string): boolean {
  const main = require.resolve('undici', { paths: [join(root, 'test', 'apps', folder)] })
  const { engines } = JSON.parse(readFileSync(join(dirname(main), 'package.json'), 'utf8'))
  const [major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(engines.node)?.slice(1).map(Number) ?? []
  const [ownMajor = 0, ownMinor = 0] = process.versions.node.split('.').map(Number)
  return ownMajor > major || (ownMajor === major && ownMinor >= minor)
}
