import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../helpers/app.js'
import { appears, temporaryFolder } from '../helpers/folder.js'
import { printed } from '../helpers/waiting.js'
import { runViewer, startViewer } from './viewer.js'

test('each address is printed on a line of its own, the page’s first', async (t) => {
  const { app } = await startViewer(t)

  const lines = app.stdout.trimEnd().split('\n')

  assert.equal(lines.length, 5)
  assert.match(lines[0] ?? '', /^page and API +http:\/\/127\.0\.0\.1:\d+\/$/)
  assert.match(lines[1] ?? '', /^Jaeger, UDP +127\.0\.0\.1:\d+$/)
  assert.match(lines[2] ?? '', /^Jaeger, UDP, compact +127\.0\.0\.1:\d+$/)
  assert.match(lines[3] ?? '', /^Jaeger, HTTP +http:\/\/127\.0\.0\.1:\d+\/api\/traces$/)
  assert.match(lines[4] ?? '', /^OpenTelemetry, HTTP +http:\/\/127\.0\.0\.1:\d+\/v1\/traces$/)
  const ports = lines.map((line) => /:(\d+)/.exec(line)?.[1])
  assert.equal(new Set(ports).size, 5)
})

const onLinux = { skip: process.platform === 'linux' ? false : 'connections are read as Linux tells them' }

test('nobody but this machine can reach it', onLinux, async (t) => {
  const viewer = await startViewer(t)
  const port = Number(viewer.page.port).toString(16).toUpperCase().padStart(4, '0')

  const bound = readFileSync('/proc/net/tcp', 'utf8') + readFileSync('/proc/net/tcp6', 'utf8')

  const hosts = [...bound.matchAll(new RegExp(`([0-9A-F]+):${port} [0-9A-F]+:0000 0A`, 'g'))].map(([, host]) => host)
  assert.deepEqual(hosts, ['0100007F'])
})

test('it listens where it is told to', async (t) => {
  const viewer = await startViewer(t, { args: ['--host=::1'] })

  assert.match(viewer.app.stdout, /^page and API +http:\/\/\[::1\]:\d+\/$/m)
  assert.match(viewer.app.stdout, /^Jaeger, UDP +\[::1\]:\d+$/m)
  assert.deepEqual(await viewer.data('/api/services'), [])
})

test('compact Thrift is taken at the port below, or where it is told to', async (t) => {
  const free = await freeUdpPort()
  const below = runViewer(t, ['--port=0', `--udp-port=${free}`, '--http-port=0', '--otlp-port=0'])
  const told = runViewer(t, [
    '--port=0',
    '--udp-port=0',
    `--compact-port=${free + 1}`,
    '--http-port=0',
    '--otlp-port=0',
  ])
  await printed(below.app, /^OpenTelemetry/m)
  await printed(told.app, /^OpenTelemetry/m)

  assert.deepEqual([below.udpPort, below.compactPort], [free, free - 1])
  assert.equal(told.compactPort, free + 1)
})

test('a port that is taken ends it with one line that says what to do', async (t) => {
  const tcp = createServer().listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  t.after(() => tcp.close())
  const udp = createSocket('udp4').bind(0, '127.0.0.1')
  await once(udp, 'listening')
  t.after(() => udp.close())
  const address = tcp.address()
  const ports = { tcp: typeof address === 'object' ? address?.port : 0, udp: udp.address().port }

  for (const [flag, kind] of [
    ['port', 'tcp'],
    ['udp-port', 'udp'],
    ['compact-port', 'udp'],
    ['http-port', 'tcp'],
    ['otlp-port', 'tcp'],
  ] as const) {
    const args = ['port', 'udp-port', 'compact-port', 'http-port', 'otlp-port'].map(
      (name) => `--${name}=${name === flag ? ports[kind] : 0}`,
    )
    const ended = await runViewer(t, args).app.ended()
    assert.deepEqual([ended.code, ended.stdout], [1, ''], flag)
    assert.equal(
      ended.stderr,
      `tracing: port ${ports[kind]} of 127.0.0.1 is taken, perhaps by a Jaeger or another viewer: end that one, or choose with --${flag} (0 is any free port)\n`,
    )
  }
})

test('a command line that makes no sense ends it with one line', async (t) => {
  const lines: Record<string, RegExp> = {
    '--prot=1': /^tracing: Unknown option '--prot'.* \(--help shows all flags\)\n$/,
    '--port=http': /^tracing: --port=http is no whole number from 0 to 65535\n$/,
    '--otlp-port=65536': /^tracing: --otlp-port=65536 is no whole number from 0 to 65535\n$/,
    '--max-traces=0': /^tracing: --max-traces=0 is no whole number from 1 to 1000000\n$/,
    '--port': /^tracing: Option '--port <value>' argument missing.*\n$/,
    'one.json two.json': /^tracing: one file at a time: one\.json, two\.json\n$/,
    '--host=192.0.2.1': /^tracing: 192\.0\.2\.1 is no address of this machine: choose with --host\n$/,
  }
  for (const [line, message] of Object.entries(lines)) {
    const ended = await runViewer(t, line.split(' ')).app.ended()
    assert.deepEqual([ended.code, ended.stdout], [1, ''], line)
    assert.match(ended.stderr, message)
  }
})

test('--help shows every flag', async (t) => {
  const { code, stdout, stderr } = await runViewer(t, ['--help']).app.ended()

  assert.deepEqual([code, stderr], [0, ''])
  for (const flag of [
    'port',
    'udp-port',
    'compact-port',
    'http-port',
    'otlp-port',
    'host',
    'max-traces',
    'save',
    'open',
  ])
    assert.match(stdout, new RegExp(`^  --${flag} `, 'm'))
})

test('every flag is in the documentation, with its default', async (t) => {
  const { stdout } = await runViewer(t, ['--help']).app.ended()
  const documentation = readFileSync(join(root, 'docs', 'viewer.md'), 'utf8')

  for (const [, flag, byDefault] of stdout.matchAll(/^ {2}(--[\w-]+) .*?(?:\(([^()]*)\))?$/gm)) {
    const row = byDefault === undefined ? `| \`${flag}` : `| \`${flag} ${byDefault}\``
    assert.ok(documentation.includes(row), row)
  }
})

test('--open opens the page, and --max-traces holds', async (t) => {
  const folder = temporaryFolder(t)
  const program = join(folder, process.platform === 'darwin' ? 'open' : 'xdg-open')
  writeFileSync(
    program,
    `#!/bin/sh\necho "$@" > "${folder}/opened.part"; mv "${folder}/opened.part" "${folder}/opened"\n`,
  )
  chmodSync(program, 0o755)
  const { PATH } = process.env
  process.env.PATH = `${folder}:${PATH}`
  t.after(() => {
    process.env.PATH = PATH
  })

  const viewer = await startViewer(t, { args: ['--open', '--max-traces=2'] })

  await appears(folder, 'opened')
  assert.equal(readFileSync(join(folder, 'opened'), 'utf8'), `${viewer.page.href}\n`)
  const data = [1, 2, 3].map((traceID) => ({ spans: [{ traceID: String(traceID), spanID: '1' }] }))
  await fetch(new URL('/api/traces', viewer.page), { method: 'POST', body: JSON.stringify({ data }) })
  assert.equal((await viewer.counts()).traces, 2)
})

/** A port that is free, with its two neighbours. */
async function freeUdpPort(): Promise<number> {
  for (;;) {
    const sockets = [createSocket('udp4'), createSocket('udp4'), createSocket('udp4')] as const
    const [port] = sockets
    try {
      await bind(port, 0)
      const { port: number } = port.address()
      await bind(sockets[1], number - 1)
      await bind(sockets[2], number + 1)
      return number
    } catch {
      // A neighbour is taken.
    } finally {
      for (const socket of sockets) socket.close()
    }
  }
}

async function bind(socket: Socket, port: number): Promise<void> {
  socket.bind(port, '127.0.0.1')
  await once(socket, 'listening')
}
