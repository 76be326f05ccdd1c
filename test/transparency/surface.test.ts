import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { register, root, runScript } from '../helpers/app.js'
import { startCollector } from '../helpers/collector.js'
import { script, temporaryFolder } from '../helpers/folder.js'
import { compare, type Facts } from './surface/compare.js'
import { differences, expectedChanges } from './surface/differences.js'

test('what an app can find out is what it can without the agent, but for eight differences with reasons', async (t) => {
  const record = await recorder(t)
  const plain = await record('')
  const again = await record('')
  const traced = await record(`require(${JSON.stringify(register)})`)

  assert.deepEqual(compare(plain, again), {}, 'the recorder itself notes something that differs from run to run')
  assert.deepEqual(compare(plain, traced), expectedChanges(process.versions.node))
  assert.ok(Object.keys(plain).length >= 700)
  assert.ok(differences.length <= 8)
})

/** Records all facts in a process that a file with this text is preloaded into: the command line is the same for all. */
async function recorder(t: TestContext): Promise<(preload: string) => Promise<Facts>> {
  const { port } = await startCollector(t)
  const file = join(temporaryFolder(t), 'preload.js')
  return async (preload) => {
    writeFileSync(file, preload)
    const { stdout, stderr } = await runScript(t, script(root, 'test', 'transparency', 'surface', 'record.js'), {
      node: ['-r', file],
      env: { JAEGER_AGENT_PORT: String(port) },
    })
    assert.equal(stderr, '')
    return JSON.parse(stdout)
  }
}
