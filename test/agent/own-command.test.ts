import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { register, root, runScript } from '../helpers/app.js'
import { script, temporaryFolder } from '../helpers/folder.js'

const env = { NODE_OPTIONS: `-r ${register}`, TRACE_DEBUG: 'true' }

test('the agent leaves npx tracing alone, however it is called', (t) => {
  const cli = join(root, 'dist', 'cli.js')
  const link = join(temporaryFolder(t), 'tracing')
  symlinkSync(cli, link)

  for (const file of [cli, link]) {
    const { status, stderr } = spawnSync(process.execPath, [file, '--version'], { env, encoding: 'utf8' })
    assert.deepEqual([status, stderr], [0, ''])
  }
})

for (const name of ['cli.js', 'tracing']) {
  test(`an app that is called ${name} is traced`, async (t) => {
    const folder = temporaryFolder(t, { [name]: '' })

    const { stderr } = await runScript(t, script(folder, name), { env: { TRACE_DEBUG: 'true' } })

    assert.match(stderr, /^tracing: starting on Node/)
  })
}
