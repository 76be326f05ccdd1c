import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Options, register, root, startApp } from '../helpers/app.js'
import { installedCopy, script, temporaryFolder } from '../helpers/folder.js'
import { allSpans } from '../helpers/waiting.js'

const http = join(root, 'test', 'apps', 'http.js')

const twice: Record<string, Options> = {
  'two -r': { node: ['-r', register, '-r', register] },
  '-r and --import': { node: ['-r', register, '--import', register] },
  'NODE_OPTIONS and -r': { node: ['-r', register], env: { NODE_OPTIONS: `-r ${register}` } },
}
for (const [name, options] of Object.entries(twice)) {
  test(`loaded twice by ${name}, the agent makes one span a request`, async (t) => {
    const app = await startApp(t, 'http.js', options)

    await app.get('/')

    const [span] = await allSpans(app, 1)
    assert.deepEqual(new Set(Object.values(span?.tagCounts ?? {})), new Set([1]))
    assert.equal(app.stderr, '')
  })
}

test('of two copies of the package, one traces', async (t) => {
  const copy = join(installedCopy(t), 'register.js')
  const app = await startApp(t, 'http.js', { node: ['-r', register, '-r', copy], env: { TRACE_EXCLUDE: '[' } })

  await app.get('/')

  await allSpans(app, 1)
  assert.equal(app.stderr.match(/TRACE_EXCLUDE/g)?.length, 1)
})

test('an app that also requires the agent itself, as a module and afresh, gets one span a request', async (t) => {
  const again = `
    require(${JSON.stringify(register)})
    for (const name of Object.keys(require.cache)) delete require.cache[name]
    require(${JSON.stringify(register)})
    require(${JSON.stringify(http)})
  `
  const app = await startApp(t, script(temporaryFolder(t, { 'app.js': again }), 'app.js'))

  await app.get('/')

  await allSpans(app, 1)
})

test('an app that requires the agent first thing, instead of a preload, is traced', async (t) => {
  const first = `
    require(${JSON.stringify(register)})
    require(${JSON.stringify(http)})
  `
  const app = await startApp(t, script(temporaryFolder(t, { 'app.js': first }), 'app.js'), { node: [] })

  await app.get('/')

  await allSpans(app, 1)
})
