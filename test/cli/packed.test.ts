import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { root } from '../helpers/app.js'
import { startCollector } from '../helpers/collector.js'
import { temporaryFolder } from '../helpers/folder.js'
import { row, verdict } from './report.js'

test('installed from its tarball, npx tracing doctor runs and says that a trace would arrive', async (t) => {
  const collector = await startCollector(t)
  const cwd = temporaryFolder(t, { 'package.json': '{ "name": "shop", "private": true }' })
  copyDependencies(manifestIn(root), join(cwd, 'node_modules'))
  const { PATH, HOME } = process.env
  const environment = {
    HOME,
    // Commands find the Node that the tests are for.
    PATH: `${dirname(process.execPath)}${delimiter}${PATH}`,
    npm_config_cache: join(cwd, '.cache'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  }
  const run = (command: string, words: readonly string[], variables: Record<string, string> = {}, folder = cwd) =>
    promisify(execFile)(command, words, { cwd: folder, env: { ...environment, ...variables } })

  const packed = await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', cwd], {}, root)
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `./${packed.stdout.trim()}`])
  const { stdout } = await run('npx', ['tracing', 'doctor'], {
    NODE_OPTIONS: '-r tracing/register',
    JAEGER_AGENT_HOST: '127.0.0.1',
    JAEGER_AGENT_PORT: String(collector.port),
  })

  const isOurs = ({ operationName }: { operationName: string }) => operationName === 'tracing doctor'
  const [span] = await collector.take(1, isOurs)
  assert.equal(span?.service, 'shop')
  assert.match(row(stdout, 'tracing'), /^✓ \d+\.\d+\.\d+, in .*\/node_modules\/tracing$/)
  assert.equal(row(stdout, 'NODE_OPTIONS'), '✓ loads the agent, tracing/register')
  assert.match(verdict(stdout), /^A trace would arrive/)
  const [, manual = ''] = / (\S+troubleshooting\.md)$/.exec(verdict(stdout)) ?? []
  assert.match(readFileSync(manual, 'utf8'), /^# /)
})

/** What the package needs, so that npm need not fetch it. */
function copyDependencies({ dependencies }: Manifest, to: string, copied = new Set<string>()): void {
  for (const name of Object.keys(dependencies ?? {})) {
    if (copied.has(name)) continue
    copied.add(name)
    const folder = join(root, 'node_modules', name)
    cpSync(folder, join(to, name), { recursive: true })
    const manifest = manifestIn(folder)
    // npm would fetch a package anew whose commands are not linked yet.
    writeFileSync(join(to, name, 'package.json'), JSON.stringify({ ...manifest, bin: undefined }))
    copyDependencies(manifest, to, copied)
  }
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
}
