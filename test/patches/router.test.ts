import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { handlers, shapes } from './shapes.js'
import { assertNames, type Major } from './table.js'

const table = [...shapes, ...handlers]
const releases: readonly [release: string, script: string, major: Major][] = [
  ['router 1.3', 'router-1/app', 4],
  ['router 2.2', 'router-2/app', 5],
  ['router 2.3', 'express-5/router', 5],
]

for (const [release, script, major] of releases) {
  for (const [extension, how] of [
    ['js', 'required'],
    ['mjs', 'imported'],
  ]) {
    test(`${release}, ${how}: a request to a plain server is named after the route that answers it`, async (t) => {
      const app = await startApp(t, `${script}.${extension}`)

      await assertNames(t, app, table, major, 'http')
    })
  }

  test(`${release}: an error that leaves the router is a log`, async (t) => {
    const app = await startApp(t, `${script}.js`)

    const { status } = await app.get('/parameters/throwing/1')

    const { logs, tags } = await app.span()
    assert.equal(status, 500)
    assert.equal(tags.error, true)
    assert.deepEqual(
      logs.map((log) => [log.event, log['error.kind'], log.message]),
      [['error', 'Error', 'cannot load']],
    )
  })

  test(`${release}: a path that cannot be decoded is an error`, async (t) => {
    const app = await startApp(t, `${script}.js`)

    const { status } = await app.get('/users/%zz')

    const { operationName, logs, tags } = await app.span()
    assert.equal(status, 400)
    assert.equal(operationName, 'GET')
    assert.equal(tags.error, undefined)
    assert.deepEqual(
      logs.map((log) => [log.event, log['error.kind'], log.message]),
      [['error', 'URIError', "Failed to decode param '%zz'"]],
    )
  })
}
