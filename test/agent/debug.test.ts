import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runScript } from '../helpers/app.js'

test('TRACE_DEBUG says which patches the options leave out', async (t) => {
  const env = { TRACE_DEBUG: 'true', TRACE_DISABLE: 'express', TRACE_CLIENT: 'false' }

  const { stderr } = await runScript(t, '', { args: ['-e', '0'], env })

  assert.deepEqual(
    linesWith(stderr, ' is not traced: '),
    [
      'http-client is not traced: TRACE_CLIENT is false',
      'undici is not traced: TRACE_CLIENT is false',
      'undici/lib/dispatcher-base is not traced: TRACE_CLIENT is false',
      'undici/lib/dispatcher/dispatcher-base is not traced: TRACE_CLIENT is false',
      'express/lib/application is not traced: TRACE_DISABLE lists express',
      'express/lib/router is not traced: TRACE_DISABLE lists express',
      'express/lib/router/layer is not traced: TRACE_DISABLE lists express',
    ].map((line) => `tracing: ${line}`),
  )
})

function linesWith(text: string, part: string): string[] {
  return text.split('\n').filter((line) => line.includes(part))
}
