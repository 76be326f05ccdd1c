import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { allSpans } from '../helpers/waiting.js'
import { express4Shapes, expressShapes, handlers, shapes } from './shapes.js'
import { ask, type Major, routeOf, type Shape, spanOf } from './table.js'

const common: readonly Shape[] = [...shapes, ...handlers, ...expressShapes]
const releases: readonly [folder: string, major: Major, table: readonly Shape[]][] = [
  ['express-4.16', 4, [...common, ...express4Shapes]],
  ['express-4', 4, [...common, ...express4Shapes]],
  ['express-5.0', 5, common],
  ['express-5', 5, common],
]

for (const [folder, major, table] of releases) {
  for (const [script, how] of [
    ['app.js', 'required'],
    ['app.mjs', 'imported'],
  ]) {
    test(`${folder}, ${how}: a request is named after the route that answers it`, async (t) => {
      const app = await startApp(t, `${folder}/${script}`, { args: ['routes'] })

      const answers = await ask(app, table)

      const spans = await allSpans(app, table.length)
      for (const [at, [title, request, status, names]] of table.entries()) {
        await t.test(`${title}: ${request}`, () => {
          const name = typeof names === 'string' ? names : names[major]
          const span = spanOf(app, spans, request)
          assert.equal(answers[at]?.status, status)
          assert.equal(span.operationName, name)
          assert.equal(span.tags['http.route'], routeOf(name))
          assert.equal(span.tags['http.status_code'], status)
          assert.equal(span.tags.component, 'express')
        })
      }
    })
  }
}
