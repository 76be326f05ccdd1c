import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, startApp } from '../helpers/app.js'
import { codeBlock } from '../helpers/docs.js'
import { script, temporaryFolder } from '../helpers/folder.js'
import { allSpans, printed } from '../helpers/waiting.js'

const APP_WITH_JOBS = `
const jobs = require('jobs')
const server = require('http').createServer(async (req, res) => res.end(req.url === '/' ? await jobs.run('mail') : ''))
server.listen(0, () => console.log('listening on ' + server.address().port))
`

for (const app of ['koa/app.js', 'koa/app.mjs']) {
  test(`${app}: the patch of docs/writing-a-patch.md names requests after Koa's routes`, async (t) => {
    const patch = join(
      temporaryFolder(t, { 'koa-routes.js': codeBlock('writing-a-patch', 'koa-routes.js') }),
      'koa-routes.js',
    )
    const koa = await startApp(t, app, { env: { TRACE_PATCHES: patch } })

    for (const path of ['/users/42', '/shops/berlin/orders/7', '/missing']) await koa.get(path)

    const spans = await allSpans(koa, 3)
    assert.deepEqual(
      spans.map(({ operationName, tags }) => [operationName, tags['http.route'], tags['http.status_code']]),
      [
        ['GET /users/:id', '/users/:id', 200],
        ['GET /shops/:shop/orders/:order', '/shops/:shop/orders/:order', 200],
        ['GET', undefined, 404],
      ],
    )
    assert.equal(koa.stderr, '')
  })
}

test('a patch named by TRACE_DISABLE, or for another release, is left out', async (t) => {
  const source = codeBlock('writing-a-patch', 'koa-routes.js')
  for (const [env, text] of [
    [{ TRACE_DISABLE: '@koa/router' }, source],
    [{}, source.replace('>=10 <14', '>=1 <2')],
  ] as const) {
    const patch = join(temporaryFolder(t, { 'patch.js': text }), 'patch.js')
    const app = await startApp(t, 'koa/app.js', { env: { ...env, TRACE_PATCHES: patch } })

    await app.get('/users/42')

    assert.equal((await app.span()).operationName, 'GET')
    assert.equal(app.stderr, '')
  }
})

test('the jobs of docs/writing-a-patch.md are spans', async (t) => {
  const source = codeBlock('writing-a-patch', 'jobs.js').replace("'tracing'", JSON.stringify(root))
  const folder = temporaryFolder(t, { 'jobs.js': source, 'app.js': APP_WITH_JOBS })
  mkdirSync(join(folder, 'node_modules'))
  writeFileSync(join(folder, 'node_modules', 'jobs.js'), 'exports.run = async (name) => name')
  const app = await startApp(t, script(folder, 'app.js'), { env: { TRACE_PATCHES: join(folder, 'jobs.js') } })

  await app.get('/')

  const [request, job] = await allSpans(app, 2)
  assert.deepEqual([job?.operationName, job?.parentId], ['job mail', request?.spanId])
})

const forms: Record<string, string> = {
  'a list': 'module.exports = [patch]',
  'several by name': 'exports.one = patch; exports.other = { module: "nothing", patch() {} }; exports.more = 1',
  'a default': 'exports.default = patch; exports.__esModule = true',
  'a list as default': 'exports.default = [patch]',
}
for (const [name, source] of Object.entries(forms)) {
  test(`TRACE_PATCHES takes ${name}, and a patch of a core module is applied at once, once`, async (t) => {
    const patch = `const patch = { module: 'http', name: 'mine', patch: ({ METHODS }) => console.log('patched', METHODS.length > 9) };`
    const folder = temporaryFolder(t, { 'patch.js': patch + source })
    const app = await startApp(t, 'http.js', { env: { TRACE_PATCHES: join(folder, 'patch.js') } })

    assert.match(app.stdout, /^patched true\nlistening on \d+\n$/)
    assert.equal(app.stderr, '')
  })
}

const refused: Record<string, [source: string, line: RegExp]> = {
  'exports no patch': [
    'exports.patch = {}',
    /cannot be used: it exports no patch, which has a `module` and a function/,
  ],
  'exports nothing': ['module.exports = null', /cannot be used: it exports no patch/],
  throws: ["throw new Error('not today')", /cannot be used: not today/],
  'throws when it is applied': [
    "module.exports = { module: 'http', patch() { throw new Error('not now') } }",
    /http could not be patched: not now/,
  ],
}
for (const [name, [source, line]] of Object.entries(refused)) {
  test(`a module of TRACE_PATCHES that ${name} is one line, and the app runs`, async (t) => {
    const folder = temporaryFolder(t, { 'patch.js': source })
    const app = await startApp(t, 'http.js', { env: { TRACE_PATCHES: join(folder, 'patch.js') } })

    await app.get('/')

    await app.span()
    const [said] = await printed(app, /^tracing: .*\n/, 'stderr')
    assert.match(said, line)
    assert.equal(app.stderr, said)
  })
}

test('every option of docs/writing-a-patch.md is one of the type', () => {
  const type = readFileSync(join(root, 'src', 'agent', 'patch.ts'), 'utf8')
  const [table = ''] =
    /\| `module`[\s\S]*?\n\n/.exec(readFileSync(join(root, 'docs', 'writing-a-patch.md'), 'utf8')) ?? []
  const listed = [...table.matchAll(/^\| `(?:agent\.)?(\w+)/gm)].map(([, word]) => word)

  const declared = [...type.matchAll(/^ {2}(?:readonly )?(\w+)[?]?[:(<]/gm)].map(([, word]) => word)
  assert.deepEqual(listed.sort(), declared.sort())
})

test('a patch of a package that an ES module imports stands beside the one of the agent', async (t) => {
  const source = "exports.own = { module: 'router', patch() { console.log('patched') } }"
  const patch = join(temporaryFolder(t, { 'patch.js': source }), 'patch.js')
  const app = await startApp(t, 'express-5/router.mjs', { env: { TRACE_PATCHES: patch } })

  await app.get('/users/42')

  assert.match(app.stdout, /^patched$/m)
  assert.equal((await app.span()).operationName, 'GET /users/:id')
})
