import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Ended, startApp } from '../helpers/app.js'
import type { ReceivedSpan } from '../helpers/decode.js'
import { allSpans } from '../helpers/waiting.js'

/** Where an error of the app can come from, and what its log then says. */
const crashes: [path: string, kind: string, message: string][] = [
  ['/sync', 'Broken', 'thrown in a listener'],
  ['/text', 'string', 'just text'],
  ['/async', 'Broken', 'rejected'],
  ['/timer', 'Broken', 'thrown in a timer'],
  ['/body', 'Broken', 'thrown after the body'],
]

for (const [path, kind, message] of crashes) {
  test(`an error that ends the process does so as without the agent, and is on its span (${path})`, async (t) => {
    const { ended, span } = await crash(t, path)
    const { ended: plain } = await crash(t, path, [])

    assert.deepEqual([ended.code, ended.signal], [plain.code, plain.signal])
    assert.equal(withoutAgentFrames(ended.stderr), plain.stderr)
    assert.equal(ended.stderr.split('\n').slice(0, 5).join('\n'), plain.stderr.split('\n').slice(0, 5).join('\n'))
    assert.equal(span?.tags.error, true)
    assert.equal(span?.tags['http.status_code'], undefined)
    const [log] = span?.logs ?? []
    assert.deepEqual([log?.event, log?.['error.kind'], log?.message], ['error', kind, message])
    if (kind === 'Broken') assert.match(String(log?.stack), /throws\.js:\d+/)
    assert.equal(span?.logs.length, 1)
  })
}

test('an error after the answer ends the process, and leaves the status that was sent', async (t) => {
  const { span } = await crash(t, '/answered')

  assert.equal(span?.tags['http.status_code'], 200)
  assert.deepEqual(
    span?.logs.map(({ message }) => message),
    ['thrown after the answer'],
  )
})

for (const [path, kind, message] of crashes) {
  test(`an error that the app survives is logged on its span, which ends with the answer (${path})`, async (t) => {
    const app = await startApp(t, 'throws.js', { env: { SURVIVE: 'true' } })

    const answer = await app.get(path)

    assert.deepEqual([answer.status, answer.body], [500, 'sorry'])
    const [span] = await allSpans(app, 1)
    assert.deepEqual([span?.tags['http.status_code'], span?.tags.error], [500, true])
    const [log] = span?.logs ?? []
    assert.deepEqual([log?.event, log?.['error.kind'], log?.message], ['error', kind, message])
    assert.equal(span?.logs.length, 1)
  })
}

test('the error of one request is on no other span', async (t) => {
  const app = await startApp(t, 'throws.js', { env: { SURVIVE: 'true' } })

  await Promise.all(['/ok', '/sync', '/ok', '/timer', '/async', '/ok'].map((path) => app.get(path)))

  const spans = await allSpans(app, 6)
  for (const { tags, logs } of spans) {
    assert.equal(logs.length, String(tags['http.url']).endsWith('/ok') ? 0 : 1)
  }
})

/** Sends the request that the app dies of. */
async function crash(t: TestContext, path: string, node?: string[]): Promise<{ ended: Ended; span?: ReceivedSpan }> {
  const app = await startApp(t, 'throws.js', node && { node })

  await app.get(path).catch(() => {})

  const ended = await app.ended()
  return node === undefined ? { ended, span: await app.span() } : { ended }
}

/** Its own frames in a stack trace are what an agent cannot hide. */
function withoutAgentFrames(stderr: string): string {
  return stderr
    .split('\n')
    .filter(
      (line) => !/^ {4}at .*(\/dist\/agent\.js|Reflect\.apply|AsyncLocalStorage\.run|AsyncContextFrame)/.test(line),
    )
    .join('\n')
}
