import assert from 'node:assert/strict'
import { test } from 'node:test'
import { register, startApp } from '../helpers/app.js'
import { printed } from '../helpers/waiting.js'

test('spans go when their requests go: answered, abandoned by the client, or never answered at all', async (t) => {
  const app = await startApp(t, 'collected.js', { node: ['--expose-gc', '-r', register] })

  const [, count] = await printed(app, /^collected (\d+)$/m)

  assert.equal(count, '14')
})
