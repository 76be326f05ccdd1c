import assert from 'node:assert/strict'
import { once } from 'node:events'
import http from 'node:http'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { type App, startApp } from '../helpers/app.js'

for (const folder of ['express-4.16', 'express-4', 'express-5.0', 'express-5']) {
  test(`${folder}: getSpan() finds the request's span wherever its code runs`, async (t) => {
    const app = await startPlaces(t, folder)

    await sendLate(app, 'POST', '/places/1')

    const { tags } = await app.span()
    const places = [
      'middleware',
      'by the request',
      'behind the parser of Ada',
      'await',
      'timer',
      'file',
      'error handler',
    ]
    for (const place of [...places, 'finish', 'close']) assert.equal(tags[place], true, place)
  })

  test(`${folder}: getSpan() finds the request's span in the events of a body that comes late`, async (t) => {
    const app = await startPlaces(t, folder)

    await sendLate(app, 'PUT', '/late/1')

    const { tags } = await app.span()
    for (const place of ['data', 'end', 'behind the end']) assert.equal(tags[place], true, place)
  })

  test(`${folder}: getSpan() finds nothing outside a request, nor after its end`, async (t) => {
    const app = await startPlaces(t, folder)

    await app.get('/leaving')
    const { body } = await app.get('/left')

    const none = 'undefined'
    assert.deepEqual(JSON.parse(body), { seen: [none, none, none, none], here: 'object' })
  })

  test(`${folder}: fifty requests at once on connections that are kept alive never see each other's span`, async (t) => {
    const app = await startPlaces(t, folder)
    const agent = new http.Agent({ keepAlive: true, maxSockets: 5 })
    t.after(() => agent.destroy())

    await Promise.all(Array.from({ length: 50 }, (_, id) => sendLate(app, 'POST', `/own/${id}`, agent)))

    const spans = await app.spans(50)
    for (const { tags } of spans) {
      const id = String(tags['http.url']).split('/own/')[1]
      assert.deepEqual([tags.handler, tags.request, tags.finish], [id, id, id])
    }
    assert.equal(new Set(spans.map(({ tags }) => tags.handler)).size, 50)
    assert.equal(new Set(spans.map(({ traceId }) => traceId)).size, 50)
  })
}

function startPlaces(t: TestContext, folder: string): Promise<App> {
  return startApp(t, `${folder}/app.js`, { args: ['places'] })
}

/** Sends the body when the app's handler has been called already. */
async function sendLate(app: App, method: string, path: string, agent?: http.Agent): Promise<string> {
  const headers = { 'content-type': 'application/json', expect: '100-continue' }
  const req = http.request({ host: '127.0.0.1', port: app.port, method, path, headers, agent: agent ?? false })
  req.on('continue', () => req.end('{"name":"Ada"}'))
  const [res]: http.IncomingMessage[] = await once(req, 'response')
  assert.ok(res)
  return text(res)
}
