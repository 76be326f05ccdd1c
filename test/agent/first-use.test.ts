import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { register, runScript } from '../helpers/app.js'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isBefore = (...[wantedMajor, wantedMinor]: [number, number]) =>
  major < wantedMajor || (major === wantedMajor && minor < wantedMinor)

const ways: Record<string, { args: string[]; skip?: boolean }> = {
  ...byName(
    'require("http")',
    'require("node:http")',
    'require after https',
    'require after http2',
    'module.require',
    'its parts',
    'import()',
    'import() after https',
    'import() of a module',
    'behind methods of its own',
  ),
  'process.getBuiltinModule': { args: ['process.getBuiltinModule'], skip: isBefore(20, 16) },
  'require of a module': {
    args: ['require of a module'],
    skip: isBefore(20, 19) || (major === 22 && isBefore(22, 12)),
  },
}
const kinds = { call: 'client', serve: 'server' }

for (const [way, { args, skip = false }] of Object.entries(ways)) {
  for (const [first, kind] of Object.entries(kinds)) {
    test(`${way}: http is traced from the first thing that it makes, a ${kind}`, { skip }, async (t) => {
      const { stdout, collector } = await runScript(t, 'loads/ways.js', { args: [...args, first] })

      assert.equal(stdout, 'done\n')
      assert.equal((await collector.take(1))[0]?.tags['span.kind'], kind)
    })
  }
}

test('http that an ES module imports is traced from its first call', async (t) => {
  const { stdout, collector } = await runScript(t, 'loads/imports.mjs', { args: ['call'] })

  assert.equal(stdout, 'done\n')
  assert.equal((await collector.take(1))[0]?.tags['span.kind'], 'client')
})

test('fetch is traced in a script that loads nothing for it', async (t) => {
  const server = createServer((_, res) => res.end('hello')).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const { port }: { port?: number } = Object(server.address())
  const code = `fetch('http://127.0.0.1:${port}/').then((answer) => answer.text()).then(console.log)`

  const { stdout, collector } = await runScript(t, '', { args: ['-e', code] })

  assert.equal(stdout, 'hello\n')
  assert.equal((await collector.take(1))[0]?.tags['span.kind'], 'client')
})

test('http that is loaded before the agent is traced', async (t) => {
  const node = ['-r', 'http', '-r', register]

  const { collector } = await runScript(t, 'loads/ways.js', { args: ['require("http")', 'call'], node })

  assert.equal((await collector.take(1))[0]?.tags['span.kind'], 'client')
})

test('the agent loads nothing of http for an app that does not', async (t) => {
  const code = `
    const events = require('node:events')
    const count = () => process.moduleLoadList.filter((module) => /_http_|http_parser/.test(module)).length
    new events()
    console.log(count(), require('node:http').get.name, count() > 0)`

  const { stdout } = await runScript(t, '', { args: ['-e', code] })

  assert.equal(stdout, '0 get true\n')
})

test('emitters are set up by Node alone once http is there', async (t) => {
  const code = `
    const events = require('node:events')
    const { init } = events
    require('node:http').createServer()
    console.log(init === events.init, /native|agent/.test(String(events.init)), init.name === events.init.name)`

  const { stdout } = await runScript(t, '', { args: ['-e', code] })

  assert.equal(stdout, 'false false true\n')
})

function byName(...names: string[]): Record<string, { args: string[] }> {
  return Object.fromEntries(names.map((name) => [name, { args: [name] }]))
}
