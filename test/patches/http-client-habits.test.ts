import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runScript } from '../helpers/app.js'
import { certificate } from '../helpers/folder.js'

const habits = [
  'an error that nobody handles',
  'a body that nobody reads',
  'an upgrade that nobody wants',
  'the listeners of a call',
  'headers that are changed before they are read',
  'as many headers as a server takes',
]
for (const habit of habits) {
  test(`${habit}: the app sees and does the same as without the agent`, async (t) => {
    const traced = await runScript(t, 'client-habits.js', { args: [habit] })
    const plain = await runScript(t, 'client-habits.js', { args: [habit], node: [] })

    assert.match(plain.stdout, /^done$/m)
    assert.equal(traced.stdout, plain.stdout)
    assert.deepEqual([traced.code, traced.signal], [plain.code, plain.signal])
    assert.equal(ownLines(traced.stderr), ownLines(plain.stderr))
    const [call] = await traced.collector.take(1, ({ tags }) => tags['span.kind'] === 'client')
    assert.equal(call?.operationName, 'GET')
  })
}

test('a call of an https function that an ES module imported by name carries its trace', async (t) => {
  const { stdout, collector } = await runScript(t, 'client-https.mjs', { env: certificate(t) })

  const [call] = await collector.take(1, ({ tags }) => tags['span.kind'] === 'client')
  const [served] = await collector.take(1, ({ tags }) => tags['span.kind'] === 'server')
  assert.equal(served?.parentId, call?.spanId)
  assert.equal(stdout.split(':')[1], call?.spanId)
  assert.match(String(call?.tags['http.url']), /^https:/)
})

/** Without the frames of the agent, and of Node: its AsyncLocalStorage brings one of its own. */
function ownLines(text: string): string {
  return text.replace(/^ {4}at .*([\\/]dist[\\/]agent\.js|node:internal).*\n/gm, '')
}
