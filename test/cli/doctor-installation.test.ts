import assert from 'node:assert/strict'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { register, root } from '../helpers/app.js'
import { runCommand } from '../helpers/command.js'
import { appFolder, installedCopy, temporaryFolder } from '../helpers/folder.js'
import { row, verdict } from './report.js'

const loading: Record<string, string> = {
  '-r tracing/register': 'tracing/register',
  '--require=tracing/register --max-http-header-size=20000': 'tracing/register',
  '--import tracing/register': 'tracing/register',
  [`--trace-warnings -r "${register}"`]: register,
  '-r ./node_modules/tracing/register.js': './node_modules/tracing/register.js',
  [`--import=${pathToFileURL(register)}`]: String(pathToFileURL(register)),
}
for (const [options, specifier] of Object.entries(loading)) {
  test(`NODE_OPTIONS='${options.replaceAll(root, '…')}' is seen to load the agent`, async (t) => {
    const { stdout } = await runCommand(['doctor'], { cwd: appFolder(t), env: { NODE_OPTIONS: options } })

    assert.equal(row(stdout, 'NODE_OPTIONS'), `✓ loads the agent, ${specifier}`)
    assert.doesNotMatch(stdout, /! preload/)
  })
}

test('what NODE_OPTIONS loads before the agent is said', async (t) => {
  const cwd = appFolder(t, { 'first.js': '', 'register.js': '' })
  const env = { NODE_OPTIONS: '--import tracing/register -r ./first.js -r ./register.js' }

  const { stdout } = await runCommand(['doctor'], { cwd, env })

  const lines = stdout.split('\n').filter((line) => line.includes('is loaded before the agent'))
  assert.deepEqual(
    lines.map((line) => line.split(' is loaded')[0]),
    ['  ! NODE_OPTIONS  ./first.js', '  ! NODE_OPTIONS  ./register.js'],
  )
})

test('a script of package.json that loads the agent is named', async (t) => {
  const scripts = { start: 'node -r tracing/register app.js', test: 'node --test' }
  const cwd = appFolder(t, { 'package.json': JSON.stringify({ scripts }) })

  const { stdout } = await runCommand(['doctor'], { cwd })

  assert.equal(row(stdout, 'package.json'), '✓ npm run start loads the agent')
})

test('where nothing loads the agent, doctor says how', async (t) => {
  const { stdout } = await runCommand(['doctor'], { cwd: appFolder(t) })

  assert.match(row(stdout, 'preload'), /^! neither NODE_OPTIONS .* node -r tracing\/register app\.js$/)
})

test('where the agent is not installed, no trace would arrive', async (t) => {
  const cwd = temporaryFolder(t)

  const { code, stdout } = await runCommand(['doctor'], { cwd, env: { TRACE_TRACER: 'console' } })

  assert.equal(code, 1)
  assert.match(row(stdout, 'tracing/register'), /^✗ is not found from .*: npm install tracing$/)
  assert.match(verdict(stdout), /^No trace would arrive, because of what is marked ✗: tracing\/register\./)
})

test('another copy that the app could load is said', async (t) => {
  const copy = installedCopy(t)
  const cwd = dirname(dirname(copy))

  const { stdout } = await runCommand(['doctor'], { cwd })

  assert.match(row(stdout, 'another copy'), new RegExp(`^! \\d+\\.\\d+\\.\\d+, in .*${copy}: of two copies`))
  assert.match(row(stdout, 'tracing'), new RegExp(`^✓ \\d+\\.\\d+\\.\\d+, in ${root}$`))
})

test('a Node that is too old is said', async (t) => {
  const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '16.20.2' } })"
  const cwd = appFolder(t, { 'old.js': old })

  const { code, stdout } = await runCommand(['doctor'], { cwd, node: ['-r', './old.js'] })

  assert.equal(code, 1)
  assert.equal(row(stdout, 'Node'), '✗ 16.20.2 is too old: 18 is needed')
})

test('the packages that the app would find are listed with their versions', async (t) => {
  const cwd = appFolder(t, {}, ['router'])
  install(cwd, 'express', '4.15.0')
  install(cwd, 'undici', '9.0.1')

  const { stdout } = await runCommand(['doctor'], { cwd })

  assert.equal(row(stdout, 'http'), `✓ part of Node ${process.versions.node}`)
  assert.match(
    row(stdout, 'express'),
    /^! 4\.15\.0, in .*express: not traced, the patch is for >=4\.16 <6 or >=4\.16 <5$/,
  )
  assert.match(row(stdout, 'router'), /^✓ 2\.\d+\.\d+, in .*router$/)
  assert.match(stdout, / ! undici +9\.0\.1, in .*/)
})

test('a package that another keeps for itself is listed too', async (t) => {
  const cwd = appFolder(t, {}, [])
  install(cwd, 'express', '5.1.0')
  install(cwd, 'router', '1.3.8')
  install(join(cwd, 'node_modules', 'express'), 'router', '2.2.0')

  const { stdout } = await runCommand(['doctor'], { cwd })

  const routers = stdout.match(/(?<=✓ router +)\d\.\d\.\d/g)
  assert.deepEqual(routers, ['1.3.8', '2.2.0'])
})

test("what the user's own patches are for is listed", async (t) => {
  const own = `module.exports = [
    { module: 'stock', versions: '>=1 <2', patch() {} },
    { module: 'till', file: 'lib/till', versions: '>=3 <4', patch() {} },
  ]`
  const cwd = appFolder(t, { 'own.js': own })
  install(cwd, 'stock', '1.2.0')
  install(cwd, 'till', '2.9.0')

  const { stdout } = await runCommand(['doctor'], { cwd, env: { TRACE_PATCHES: './own.js' } })

  assert.match(row(stdout, 'stock'), /^✓ 1\.2\.0, in .*stock$/)
  assert.match(row(stdout, 'till'), /^! 2\.9\.0, in .*till: not traced, the patch is for >=3 <4$/)
})

test('what is not installed, or left out, is said', async (t) => {
  const cwd = appFolder(t, {}, [])
  install(cwd, 'express', '5.1.0')
  const env = { TRACE_DISABLE: 'express', TRACE_CLIENT: 'false' }

  const { stdout } = await runCommand(['doctor'], { cwd, env })

  assert.match(row(stdout, 'express'), /^! 5\.1\.0, in .*: not traced, as TRACE_DISABLE lists express$/)
  assert.equal(row(stdout, 'router'), ' not installed here')
  assert.match(row(stdout, 'http-client'), /: not traced, as TRACE_CLIENT is false$/)
})

test('a package behind a link, as pnpm installs it, is found with what lies beside it', async (t) => {
  const cwd = appFolder(t, {}, [])
  const store = join(cwd, 'node_modules', '.store')
  install(store, 'express', '5.1.0')
  install(store, 'router', '2.2.0')
  symlinkSync(join(store, 'node_modules', 'express'), join(cwd, 'node_modules', 'express'), 'dir')

  const { stdout } = await runCommand(['doctor'], { cwd })

  assert.match(row(stdout, 'router'), /^✓ 2\.2\.0, in .*\.store/)
})

test('a package.json that cannot be read does no harm', async (t) => {
  const cwd = appFolder(t, { 'package.json': '{ "name":' }, [])
  install(cwd, 'express', '5.1.0')
  writeFileSync(join(cwd, 'node_modules', 'express', 'package.json'), 'null')
  rmSync(join(cwd, 'node_modules', 'tracing'))

  const { stderr, stdout } = await runCommand(['doctor'], { cwd })

  assert.equal(stderr, '')
  assert.match(verdict(stdout), /^No trace would arrive/)
})

/** A package that is no more than its version. */
function install(folder: string, name: string, version: string): void {
  const path = join(folder, 'node_modules', name)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version }))
}
