import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { register, root, runScript } from '../helpers/app.js'

const mocked = '201 mocked, 201 mocked, 202 safe, 200 real, 200 real'
const refused = `${mocked}, ENETUNREACH`
const libraries = { nock: refused, 'nock-13': refused, msw: mocked, agentkeepalive: '200 real, 200 real' }

for (const [library, expected] of Object.entries(libraries)) {
  // It finds no path on the requests of later releases, with the agent or without.
  const skip = library === 'nock-13' && Number(process.versions.node.split('.')[0]) > 22
  const first = require.resolve(library === 'msw' ? 'msw/node' : library, { paths: [join(root, 'test', 'apps')] })
  for (const [order, node] of Object.entries({
    'after the agent': ['-r', register],
    'before the agent': ['-r', first, '-r', register],
  })) {
    test(`${library}, loaded ${order}, answers as without it, and real calls are spans`, { skip }, async (t) => {
      const ended = await runScript(t, 'client-mocks.js', { args: [library], node })

      assert.deepEqual([ended.code, ended.stderr, ended.stdout], [0, '', `${expected}\n`])
      const real = ended.collector.spans.filter(({ tags }) => tags['peer.hostname'] === '127.0.0.1')
      assert.equal(real.length, 2)
      for (const { tags } of real) assert.equal(tags['http.status_code'], 200)
    })
  }
}
