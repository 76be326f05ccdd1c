import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'

for (const folder of ['express-4.16', 'express-4', 'express-5.0', 'express-5']) {
  for (const [path, what] of [
    ['/things/1/show/2', 'its routers, layers and handlers'],
    ['/things/1/fail/2', 'what its error handlers see'],
  ] as const) {
    test(`${folder}: an app finds nothing of the agent in ${what}`, async (t) => {
      const traced = await startApp(t, `${folder}/app.js`, { args: ['stacks'] })
      const untraced = await startApp(t, `${folder}/app.js`, { args: ['stacks'], node: [] })

      const [answer, expected] = await Promise.all([traced.get(path), untraced.get(path)])

      assert.equal(expected.status, 200)
      assert.deepEqual(JSON.parse(answer.body), JSON.parse(expected.body))
      assert.equal((await traced.span()).tags['http.route'], path.replace(/\d$/, ':id').replace(/\d/, ':thing'))
    })
  }
}

for (const folder of ['express-4.16', 'express-4']) {
  test(`${folder}: the app may replace the handle of layers, as express-async-errors does`, async (t) => {
    const app = await startApp(t, `${folder}/app.js`, { args: ['async-errors'] })

    const rejected = await app.get('/async/rejected/1')
    const answered = await app.get('/async/answered/1')

    const [failed, served] = await app.spans(2)
    assert.deepEqual([rejected.status, rejected.body, answered.body], [503, 'rejected', 'answered'])
    assert.equal(failed?.operationName, 'GET /async/rejected/:id')
    assert.deepEqual(
      failed?.logs.map((log) => [log['error.kind'], log.message]),
      [['TypeError', 'rejected']],
    )
    assert.equal(served?.operationName, 'GET /async/answered/:id')
  })
}
