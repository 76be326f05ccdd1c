import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { allSpans } from '../helpers/waiting.js'
import { Wire } from '../helpers/wire.js'
import { expressShapes, handlers, shapes } from './shapes.js'
import { type Major, spanOf } from './table.js'

const gets = [...shapes, ...handlers, ...expressShapes].filter(
  ([, request]) => request.startsWith('GET ') && !request.includes('/changes/'),
)

for (const [folder, major] of [
  ['express-4.16', 4],
  ['express-4', 4],
  ['express-5.0', 5],
  ['express-5', 5],
] as readonly [string, Major][]) {
  test(`${folder}: requests that are under way at once on one connection keep their routes`, async (t) => {
    const app = await startApp(t, `${folder}/app.js`, { args: ['routes'] })
    const wire = await Wire.open(t, app.port)

    wire.ask(gets.map(([, request]) => `${request} HTTP/1.1\r\nHost: 127.0.0.1:${app.port}`).join('\r\n\r\n'))

    const spans = await allSpans(app, gets.length)
    for (const [title, request, , names] of gets) {
      const name = typeof names === 'string' ? names : names[major]
      assert.equal(spanOf(app, spans, request).operationName, name, title)
    }
  })
}
