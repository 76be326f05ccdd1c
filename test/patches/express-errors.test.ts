import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type App, startApp } from '../helpers/app.js'
import { allSpans } from '../helpers/waiting.js'
import { failures, rejections } from './failures.js'
import { ask, spanOf } from './table.js'

for (const [folder, table] of [
  ['express-4.16', failures],
  ['express-4', failures],
  ['express-5.0', [...failures, ...rejections]],
  ['express-5', [...failures, ...rejections]],
] as const) {
  test(`${folder}: an error is a log of its request's span`, async (t) => {
    const app = await startErrors(t, folder)

    const answers = await ask(app, table)

    const spans = await allSpans(app, table.length)
    for (const [at, [title, request, status, name, ...errors]] of table.entries()) {
      await t.test(`an error ${title}: ${request}`, () => {
        const { operationName, tags, logs } = spanOf(app, spans, request)
        assert.equal(answers[at]?.status, status)
        assert.equal(operationName, name)
        assert.deepEqual(
          logs.map((log) => [log.event, log['error.kind'], log.message]),
          errors.map(([kind, message]) => ['error', kind, message]),
        )
        assert.equal(tags['http.status_code'], status)
        assert.equal(tags.error, status >= 500 ? true : undefined)
      })
    }
  })

  test(`${folder}: the log of an error shows where it was made`, async (t) => {
    const app = await startErrors(t, folder)

    await app.get('/thrown/1')

    const [log] = (await app.span()).logs
    assert.match(String(log?.stack), /^TypeError: thrown\n {4}at .*errors\/ways\.js:\d+:\d+/)
  })

  test(`${folder}: a body that is no JSON is an error of the request's route, and not the server's`, async (t) => {
    const app = await startErrors(t, folder)

    const { status } = await app.send('POST', '/json/1', { 'content-type': 'application/json' }, '{"a":')

    const { operationName, tags, logs } = await app.span()
    assert.equal(status, 400)
    assert.equal(operationName, 'POST /json/:id')
    assert.deepEqual(
      logs.map((log) => log['error.kind']),
      ['SyntaxError'],
    )
    assert.equal(tags.error, undefined)
  })
}

function startErrors(t: TestContext, folder: string): Promise<App> {
  return startApp(t, `${folder}/app.js`, { args: ['errors'] })
}
