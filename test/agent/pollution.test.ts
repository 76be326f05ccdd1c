import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { register, startApp, world } from '../helpers/app.js'
import { freePort } from '../helpers/ports.js'
import { startCollector } from './tracers/jaeger/receivers.js'

interface Pollution {
  /** What all objects have, where `thief` is a port that would like to get spans. */
  readonly all: (thief: number) => object
  /** Node itself can load no package with this: it comes when all is loaded. */
  readonly isLate?: boolean
}

const pollutions: Record<string, Pollution> = {
  host: { all: () => ({ host: 'thief.invalid', hostname: 'thief.invalid' }) },
  port: { all: (thief) => ({ port: thief, defaultPort: thief }) },
  socketPath: { all: () => ({ socketPath: '/nowhere/thief.sock' }) },
  path: { all: () => ({ path: '/thief' }), isLate: true },
  method: { all: () => ({ method: 'DELETE' }) },
  auth: { all: () => ({ auth: 'thief:thief' }), isLate: true },
  protocol: { all: () => ({ protocol: 'ftp:' }) },
  headers: { all: () => ({ headers: { host: 'thief.invalid' }, setHost: false }) },
  family: { all: () => ({ family: 6, type: 'udp6', all: true }) },
  localAddress: { all: () => ({ localAddress: '192.0.2.1', localPort: 1 }) },
  agent: { all: () => ({ agent: 'thief', createConnection: 'thief', keepAliveMsecs: -1, maxSockets: -1 }) },
  lookup: { all: () => ({ lookup: 'thief' }), isLate: true },
  environment: {
    all: (thief) => ({
      JAEGER_DISABLED: 'true',
      JAEGER_USER: 'thief',
      JAEGER_PASSWORD: 'thief',
      JAEGER_SAMPLER_TYPE: 'remote',
      JAEGER_SAMPLER_MANAGER_HOST_PORT: `127.0.0.1:${thief}`,
      JAEGER_TAGS: 'thief=yes',
      TRACE_TRACER: 'thief',
      TRACE_TAGS: 'thief=method',
      TRACE_EXCLUDE: '/*',
      TRACE_PATCHES: 'thief',
      TRACE_SERVICE_NAME: 'thief',
    }),
  },
  'trace headers': {
    all: () => ({
      'uber-trace-id': '7:7:0:1',
      traceparent: '00-00000000000000000000000000000007-0000000000000007-01',
      'jaeger-debug-id': 'thief',
    }),
  },
  span: { all: () => ({ tags: { thief: 'yes' }, startTime: 1, sampled: false }) },
}

for (const [name, { all, isLate = false }] of Object.entries(pollutions)) {
  test(`what somebody put onto all objects neither moves nor changes spans: ${name}`, async (t) => {
    const thief = await startThief(t)
    const collector = await startCollector(t)
    const pollution = JSON.stringify(all(thief.port))
    const node = ['-r', world('polluted'), '-r', register]
    const [POLLUTION, LATER] = isLate ? ['{}', pollution] : [pollution, '{}']
    const env = { TRACE_SERVICE_NAME: 'shop', POLLUTION, LATER }

    const overUdp = await startApp(t, 'polluted.js', { node, env })
    const overHttp = await startApp(t, 'polluted.js', { node, env: { ...env, JAEGER_ENDPOINT: collector.url } })
    for (const app of [overUdp, overHttp]) {
      for (const path of ['/pollute', '/']) {
        const { status, body } = await app.get(path)
        assert.deepEqual([status, body], [200, 'hello'])
      }
    }

    for (const { operationName, parentId, tags, startTime } of await overUdp.spans(2)) {
      assert.deepEqual([operationName, parentId, tags.thief], ['GET', '0', undefined])
      assert.ok(Math.abs(Date.now() - startTime / 1_000) < 60_000)
    }
    for (let spans = 0; spans < 2; ) {
      const { url, headers, batch } = await collector.posts.next()
      assert.deepEqual([url, batch.process.serviceName], ['/api/traces', 'shop'])
      assert.deepEqual([headers.host, headers.authorization], [new URL(collector.url).host, undefined])
      spans += batch.spans.length
    }
    for (const app of [overUdp, overHttp]) assert.equal((await app.stop()).stderr, '')
    assert.equal(thief.loot, 0)
  })
}

/** Listens to TCP and UDP at one port, and counts what comes. */
async function startThief(t: TestContext) {
  const thief = { port: await freePort(), loot: 0 }
  const server = createServer((socket) => {
    thief.loot++
    socket.destroy()
  })
  server.listen(thief.port, '127.0.0.1')
  await once(server, 'listening')
  const socket = createSocket('udp4', () => {
    thief.loot++
  })
  socket.bind(thief.port, '127.0.0.1')
  await once(socket, 'listening')
  t.after(() => {
    server.close()
    socket.close()
  })
  return thief
}
