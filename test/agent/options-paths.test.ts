import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { allSpans } from '../helpers/waiting.js'

/** What is set, the paths that are then traced, and those that are not. */
const choices: Record<string, { env: Record<string, string>; traced: string[]; untraced: string[] }> = {
  'TRACE_EXCLUDE leaves out exact paths, globs and regular expressions, whatever the query': {
    env: { TRACE_EXCLUDE: ' /metrics , /static/*, ~^/internal/\\d+$, ~*^/HEALTH, /a\\,b' },
    traced: ['/', '/metrics/', '/metrics/x', '/Metrics', '/static', '/internal/x', '/x?p=/metrics', '/a', '/b'],
    untraced: [
      '/metrics',
      '/metrics?format=text',
      '/%6Detrics',
      '/static/',
      '/static/a/b.js?v=1',
      '/internal/42',
      '/healthz',
      '/a,b',
      'http://other.example/metrics',
    ],
  },
  'TRACE_INCLUDE traces nothing else, and TRACE_EXCLUDE wins': {
    env: { TRACE_INCLUDE: '/api/*', TRACE_EXCLUDE: '/api/health' },
    traced: ['/api/users', '/api/health/x'],
    untraced: ['/', '/api', '/api/health', '/other?/api/'],
  },
  'TRACE_ALL=false traces nothing': {
    env: { TRACE_ALL: 'false' },
    traced: [],
    untraced: ['/', '/api'],
  },
  'TRACE_ALL=false with TRACE_INCLUDE traces what is included': {
    env: { TRACE_ALL: 'false', TRACE_INCLUDE: '/api/*' },
    traced: ['/api/users'],
    untraced: ['/', '/other'],
  },
  'a malformed escape is compared as it is': {
    env: { TRACE_EXCLUDE: '/%zz' },
    traced: ['/zz'],
    untraced: ['/%zz'],
  },
  'one entry that is wrong leaves the others standing': {
    env: { TRACE_EXCLUDE: '/metrics,~(,healthz' },
    traced: ['/healthz'],
    untraced: ['/metrics'],
  },
}
for (const [name, { env, traced, untraced }] of Object.entries(choices)) {
  test(name, async (t) => {
    const last = '/last-request-of-the-test'
    const include = env.TRACE_INCLUDE ?? (env.TRACE_ALL === 'false' ? '' : undefined)
    const app = await startApp(t, 'http.js', {
      env: { ...env, ...(include !== undefined && { TRACE_INCLUDE: `${include},${last}` }) },
    })

    for (const path of [...untraced, ...traced]) assert.equal((await app.get(path)).body, 'hello')

    const spans = await allSpans(app, traced.length)
    const host = `http://127.0.0.1:${app.port}`
    assert.deepEqual(
      spans.map(({ tags }) => tags['http.url']),
      traced.map((path) => host + path.replace(/\?.*/, '')),
    )
  })
}

test('a request that is excluded has no span that the app could get', async (t) => {
  const app = await startApp(t, 'get-span.js', { env: { TRACE_EXCLUDE: '/health' } })

  const excluded = JSON.parse((await app.get('/health', { 'uber-trace-id': 'a:b:0:1' })).body)
  const traced = JSON.parse((await app.get('/')).body)

  assert.deepEqual([excluded.traced, traced.traced], [false, true])
})

test('a request that is excluded does not see the span of another on its connection', async (t) => {
  const app = await startApp(t, 'context.js', { env: { TRACE_EXCLUDE: '/excluded' } })

  await app.get('/traced')
  const excluded = JSON.parse((await app.send('POST', '/excluded', {}, 'body')).body)

  assert.deepEqual(new Set(Object.values(excluded)), new Set(['none']))
})

test('TRACE_DISABLE=http makes no spans', async (t) => {
  const app = await startApp(t, 'get-span.js', { env: { TRACE_DISABLE: 'http' } })

  const { traced } = JSON.parse((await app.get('/')).body)
  const { stderr } = await app.stop()

  assert.equal(traced, false)
  assert.equal(stderr, '')
  assert.deepEqual(app.collector.spans, [])
})
