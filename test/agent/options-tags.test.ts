import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'

const TAGS = [
  'method',
  'url',
  'originalUrl',
  'httpVersion',
  'headers.user-agent',
  'headers.X-Request-Id',
  'agent=headers.user-agent',
  'user.id',
  'user.plan',
  'user.self.self.id',
  'user',
  'session',
  'zero',
  'no',
  'res.locals.plan',
  'status=res.statusCode',
  'long=res.locals.long',
]
/** Nothing to say, or nothing to be said. */
const ABSENT = ['empty', 'nothing', 'missing.deeply.so', 'user.broken', 'proxy.x', 'res.end', 'headers.none']
const SECRET = ['headers.authorization', 'headers.cookie', 'user.password', 'session.token', 'hidden=headers.x-api-key']

test('TRACE_TAGS sets attributes of the request and the response as tags with their types', async (t) => {
  const env = { TRACE_TAGS: [...TAGS, ...ABSENT, ...SECRET].join(' , ') }
  const app = await startApp(t, 'tags.js', { env })

  const answer = await app.get('/path?token=canary&q=1', {
    'user-agent': 'test',
    'x-request-id': '7',
    'x-api-key': 'canary',
    authorization: 'Bearer canary',
    cookie: 'sid=canary',
  })

  const { tags, tagCounts } = await app.span()
  assert.equal(answer.body, 'hello')
  assert.equal(tags.method, 'GET')
  assert.deepEqual([tags.url, tags.originalUrl], ['/path', undefined])
  assert.equal(tags.httpVersion, '1.1')
  assert.deepEqual([tags['headers.user-agent'], tags.agent, tags['headers.X-Request-Id']], ['test', 'test', '7'])
  assert.deepEqual([tags['user.id'], tags['user.plan'], tags['user.self.self.id']], [42, 'gold', 42])
  assert.match(String(tags.user), /"id":42.*"self":"\[circular\]"/)
  assert.match(String(tags.session), /"items":\[1,2,\{"deep":true\}\].*"big":"12"/)
  assert.deepEqual([tags.zero, tags.no], [0, false])
  assert.deepEqual([tags['res.locals.plan'], tags.status], ['gold', 200])
  assert.equal(String(tags.long).length, 1_024)
  for (const name of ABSENT) assert.equal(tags[name], undefined, name)
  for (const name of SECRET) assert.equal(tags[name.replace(/=.*/, '')], '[redacted]', name)
  assert.doesNotMatch(JSON.stringify(tags), /canary/)
  assert.deepEqual(new Set(Object.values(tagCounts)), new Set([1]))
  assert.equal(app.stderr, '')
})

test('TRACE_TAGS with what the agent sets itself neither doubles nor breaks it', async (t) => {
  const app = await startApp(t, 'tags.js', { env: { TRACE_TAGS: 'method,component=method,http.url=headers.host' } })

  await app.get('/')

  const { tags, tagCounts } = await app.span()
  assert.equal(tags.method, 'GET')
  assert.deepEqual(new Set(Object.values(tagCounts)), new Set([1]))
})

test('url in TRACE_TAGS follows TRACE_QUERY', async (t) => {
  const app = await startApp(t, 'tags.js', { env: { TRACE_TAGS: 'url', TRACE_QUERY: 'redact' } })

  await app.get('/path?token=canary&q=1')

  assert.equal((await app.span()).tags.url, '/path?token=[redacted]&q=1')
})

test('attributes of an upgrade, which has no response, are read as far as they go', async (t) => {
  const app = await startApp(t, 'handshake.js', { env: { TRACE_TAGS: 'headers.upgrade,res.statusCode' } })

  const req = { connection: 'Upgrade', upgrade: 'echo' }
  await app.get('/refuse', req).catch(() => {})

  const { tags } = await app.span()
  assert.deepEqual([tags['headers.upgrade'], tags['res.statusCode']], ['echo', undefined])
})
