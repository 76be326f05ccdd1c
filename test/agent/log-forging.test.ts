import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { startApp } from '../helpers/app.js'
import { temporaryFolder } from '../helpers/folder.js'

/** Clears the terminal, ends a line, in the ways of ASCII, Latin-1 and Unicode, and turns text around. */
const FORGERY = 'marker\u001b[2J\u009b2J\u007f\u0085\u2028tracing: forged\u2029\u202e\r\ntracing: forged'

/** Each puts what a client sent into what it throws. */
const places: Record<string, (folder: string) => Record<string, string>> = {
  'a hook': (folder) => ({ TRACE_HOOKS: join(folder, 'hooks.js') }),
  'a tracer': (folder) => ({ TRACE_TRACER: join(folder, 'tracer.js') }),
  'a tracer that takes it for a parent': (folder) => ({ TRACE_TRACER: join(folder, 'extracts.js') }),
}
const thrown = `{ throw new Error(decodeURIComponent(headers['x-text'])) }`
const files = {
  'hooks.js': `module.exports = { onStart(_span, { headers }) ${thrown} }`,
  'tracer.js': `module.exports = { startSpan(_name, { tags }) { throw new Error(decodeURIComponent(tags['http.url'])) },
    extract() {}, inject() {} }`,
  'extracts.js': `const { Tracer } = require('${require.resolve('opentracing')}')
    module.exports = Object.assign(new Tracer(), { extract(_format, headers) ${thrown} })`,
}

for (const [place, env] of Object.entries(places)) {
  test(`what a client sends forges no line of the log and steers no terminal: ${place}`, async (t) => {
    const folder = temporaryFolder(t, files)
    const text = encodeURIComponent(FORGERY)
    const app = await startApp(t, 'http.js', { env: { TRACE_DEBUG: 'true', TRACE_QUERY: 'full', ...env(folder) } })

    const answers = [
      await app.get(`/${text}?${text}`, { 'x-text': text, 'uber-trace-id': text, 'jaeger-debug-id': text }),
      await app.get('/', { 'x-text': text, 'user-agent': '\u009b2J\u0085', cookie: '\u009b2J' }),
    ]

    assert.deepEqual(
      answers.map(({ body }) => body),
      ['hello', 'hello'],
    )
    const { stderr } = await app.stop()
    assert.match(stderr, /marker/)
    assert.doesNotMatch(stderr.replaceAll('\n', ''), /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]/u)
    for (const line of stderr.trimEnd().split('\n')) assert.match(line, /^tracing: (?!forged)/)
  })
}
