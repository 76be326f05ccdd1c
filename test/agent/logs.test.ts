import assert from 'node:assert/strict'
import { test } from 'node:test'
import { root, startApp } from '../helpers/app.js'
import { codeBlock } from '../helpers/docs.js'
import { printed } from '../helpers/waiting.js'

/** How an app logs by what the recipe makes, and what its line then says of the trace. */
const recipes: Record<string, [log: string, line: (traceId: string) => RegExp]> = {
  'pino.js': [
    "module.exports.info('ordered')",
    (id) => new RegExp(`"traceId":"${id}","spanId":"\\w{16}","sampled":true,"msg":"ordered"`),
  ],
  'winston.js': ["module.exports.info('ordered')", (id) => new RegExp(`"message":"ordered",.*"traceId":"${id}"`)],
  'console.js': ["console.log('ordered %d', 7)", (id) => new RegExp(`^ordered 7 trace=${id}$`, 'm')],
}
for (const [file, [log, line]] of Object.entries(recipes)) {
  test(`the recipe of docs/logs.md for ${file} logs the trace's ids, inside requests alone`, async (t) => {
    const recipe = codeBlock('logs', file).replace("'tracing'", JSON.stringify(root))
    const app = await startApp(t, 'logs/app.js', { env: { RECIPE: recipe, LOG: log } })

    await app.get('/')

    const { traceId } = await app.span()
    await printed(app, line(traceId.padStart(16, '0')))
    const outside = app.stdout.split('\n').find((line) => line.includes('ordered'))
    assert.doesNotMatch(String(outside), /trace/i)
  })
}
