import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, startApp } from '../helpers/app.js'
import { failures, rejections } from './failures.js'
import { expressShapes, handlers, shapes } from './shapes.js'
import { ask } from './table.js'

const routes = [
  ...shapes,
  ...handlers,
  ...expressShapes,
  // Express 5 matches a global regular expression every second time.
  ['a global regular expression, once', 'GET /global/2'],
  ['a global regular expression, twice', 'GET /global/3'],
] as const

for (const [folder, errors] of [
  ['express-4.16', failures],
  ['express-4', failures],
  ['express-5.0', [...failures, ...rejections]],
  ['express-5', [...failures, ...rejections]],
] as const) {
  for (const [script, table] of [
    ['routes', routes],
    ['errors', errors],
  ] as const) {
    test(`${folder}, ${script}: answers in production are those of the app without the agent`, async (t) => {
      const options = { args: [script], env: { NODE_ENV: 'production' } }
      const traced = await startApp(t, `${folder}/app.js`, options)
      const untraced = await startApp(t, `${folder}/app.js`, { ...options, node: [] })

      const [answers, expected] = await Promise.all([ask(traced, table), ask(untraced, table)])

      for (const [at, [title, request]] of table.entries()) {
        assert.deepEqual(lasting(answers[at]), lasting(expected[at]), `${title}: ${request}`)
      }
    })
  }
}

/** What is the same whenever the request is made. */
function lasting(answer: Answer | undefined): unknown {
  assert.ok(answer)
  const { date, ...headers } = answer.headers
  return { ...answer, headers }
}
