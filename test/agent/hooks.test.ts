import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { root, startApp } from '../helpers/app.js'
import { temporaryFolder } from '../helpers/folder.js'
import { printed } from '../helpers/waiting.js'

const observing = `
const { getSpan, activeSpan } = require('tracing')
const seen = (span, req) => span === getSpan() && span === getSpan(req) && span === activeSpan()
module.exports = {
  onStart(span, req) {
    span.setTag('started', req.url).setTag('seen.start', seen(span, req)).setOperationName('named by a hook')
    req.noted = 'by onStart'
  },
  onFinish(span, req, res) {
    span.setTag('finished', req.noted + ' ' + res.statusCode).setTag('seen.finish', seen(span, req))
  },
  onCall(span, request) {
    span.setTag('called', request.path).setTag('is a ClientRequest', request instanceof require('http').ClientRequest)
  },
}
`

test('TRACE_HOOKS gets each span at its start and at its end, and each call', async (t) => {
  const app = await startHooked(t, 'relay.js', observing)

  await app.get('/outer')

  const spans = await app.spans(3)
  const [server, call] = spans
  assert.equal(server?.operationName, 'named by a hook')
  assert.deepEqual([server?.tags.started, server?.tags.finished], ['/outer', 'by onStart 200'])
  assert.deepEqual([server?.tags['seen.start'], server?.tags['seen.finish']], [true, true])
  assert.deepEqual([call?.tags['span.kind'], call?.tags['is a ClientRequest']], ['client', true])
  assert.equal(typeof call?.tags.called, 'string')
  assert.equal(app.stderr, '')
})

test('TRACE_HOOKS takes what compilers make of an ES module', async (t) => {
  const app = await startHooked(t, 'http.js', 'exports.default = { onStart: (span) => span.setTag("hooked", true) }')

  await app.get('/')

  assert.equal((await app.span()).tags.hooked, true)
})

const failing: Record<string, string> = {
  throw: "() => { throw new Error('no\\nhook') }",
  reject: "async () => { throw new Error('no\\nhook') }",
}
for (const [kind, hook] of Object.entries(failing)) {
  test(`hooks that ${kind} are said once each, and change nothing`, async (t) => {
    const app = await startHooked(t, 'relay.js', `exports.onStart = exports.onFinish = exports.onCall = ${hook}`)
    const bare = await startApp(t, 'relay.js', { node: [] })

    for (let times = 0; times < 3; times++) {
      const [answer, expected] = [await app.get('/outer'), await bare.get('/outer')]
      assert.deepEqual(
        [answer.status, JSON.parse(answer.body).method],
        [expected.status, JSON.parse(expected.body).method],
      )
    }

    await app.spans(9)
    for (const name of ['onStart', 'onCall', 'onFinish'])
      await printed(app, new RegExp(`^tracing: TRACE_HOOKS: ${name} failed: no; this is said once$`, 'm'), 'stderr')
    assert.equal(app.stderr.trim().split('\n').length, 3, app.stderr)
  })
}

test('a hook that makes a call of its own sets no other hook going', async (t) => {
  const app = await startHooked(
    t,
    'relay.js',
    "exports.onCall = () => require('http').get({ port: 1, agent: false }).on('error', () => {})",
  )

  await app.get('/first')
  await app.spans(3)
  await app.get('/second')

  for (const { tags } of await app.spans(6)) assert.notEqual(tags['peer.port'], 1)
})

const refused: Record<string, [source: string, why: RegExp]> = {
  'exports no hook': ['exports.onstart = () => {}', /it exports none of onStart, onFinish, onCall/],
  'cannot be parsed': ['module.exports = {', /Unexpected end of input/],
  throws: ["throw new Error('not today')", /not today/],
}
for (const [name, [source, why]] of Object.entries(refused)) {
  test(`a module of TRACE_HOOKS that ${name} is one line`, async (t) => {
    const app = await startHooked(t, 'http.js', source)

    await app.get('/')

    await app.span()
    const [line] = await printed(app, /^tracing: .*\n/, 'stderr')
    assert.match(line, /^tracing: TRACE_HOOKS=".*hooks\.js" cannot be used: /)
    assert.match(line, why)
    assert.equal(app.stderr, line)
  })
}

test('a module of TRACE_HOOKS that does not exist is one line', async (t) => {
  const app = await startApp(t, 'http.js', { env: { TRACE_HOOKS: './no-such-hooks.js' } })

  await app.get('/')

  await app.span()
  assert.match(app.stderr, /^tracing: TRACE_HOOKS="\.\/no-such-hooks\.js" cannot be used: Cannot find module [^\n]*\n$/)
})

function startHooked(t: TestContext, app: string, source: string) {
  const hooks = join(
    temporaryFolder(t, { 'hooks.js': source.replaceAll("'tracing'", JSON.stringify(root)) }),
    'hooks.js',
  )
  return startApp(t, app, { env: { TRACE_HOOKS: hooks } })
}
