import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../helpers/app.js'
import { installedCopy } from '../helpers/folder.js'

const consumer = `
import http from 'node:http'
import { getSpan, type Span } from 'tracing'

http.createServer((req, res) => {
  const span: Span | undefined = getSpan(req)
  getSpan()?.setTag('user', 42).log({ event: 'seen' })
  const id: string | undefined = span?.context().toTraceId()
  res.end(id)
})
`

/** What an app in TypeScript might write, and what the compiler then says; `.cts` is CommonJS, `.mts` an ES module. */
const sources: Record<string, [source: string, complaint: RegExp]> = {
  'common.cts': [consumer, /^$/],
  'module.mts': [consumer, /^$/],
  'careless.cts': ["import { getSpan } from 'tracing'\ngetSpan().setTag('a', 1)\n", /^careless\.cts.* TS2532: [^\n]*$/],
  'inside.cts': [
    "import { start } from 'tracing/dist/src/agent/start.js'\nstart()\n",
    /^inside\.cts.* TS2307: [^\n]*$/,
  ],
}

test('an app in TypeScript, strict, takes the types as they are packed, and no more than they allow', (t) => {
  const folder = join(installedCopy(t), '..', '..')
  mkdirSync(join(folder, 'node_modules', '@types'))
  symlinkSync(join(root, 'node_modules', '@types', 'node'), join(folder, 'node_modules', '@types', 'node'), 'dir')
  for (const [name, [source]] of Object.entries(sources)) writeFileSync(join(folder, name), source)

  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const options = ['--noEmit', '--strict', '--pretty', 'false', '--module', 'nodenext', '--types', 'node']
  const { stdout } = spawnSync(process.execPath, [compiler, ...options, ...Object.keys(sources)], {
    cwd: folder,
    encoding: 'utf8',
  })

  const lines = stdout.trimEnd().split('\n')
  for (const [name, [, complaint]] of Object.entries(sources)) {
    assert.match(lines.filter((line) => line.startsWith(name)).join('\n'), complaint)
  }
  assert.equal(lines.length, 2, stdout)
})
