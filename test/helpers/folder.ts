import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { TestContext } from 'node:test'
import { root } from './app.js'

const DEADLINE = 20_000

/** A folder with these files, for as long as the test runs. */
export function temporaryFolder(t: TestContext, files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'tracing-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** Waits until a file is there, whole. */
export async function appears(folder: string, name: string): Promise<void> {
  const signal = AbortSignal.timeout(DEADLINE)
  const watcher = watch(folder)
  try {
    while (!existsSync(join(folder, name))) await once(watcher, 'change', { signal })
  } finally {
    watcher.close()
  }
}

/** A script that is not in `test/apps`, as `startApp` takes it. */
export function script(...path: string[]): string {
  return relative(join(root, 'test', 'apps'), join(...path))
}

/** The folder of an app called shop, with links to this checkout and to packages of it for what is installed there. */
export function appFolder(t: TestContext, files: Record<string, string> = {}, packages = ['express']): string {
  const folder = realpathSync(temporaryFolder(t, { 'package.json': '{ "name": "shop" }', ...files }))
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  symlinkSync(root, join(modules, 'tracing'), 'dir')
  for (const name of packages) symlinkSync(join(root, 'node_modules', name), join(modules, name), 'dir')
  return folder
}

/** Another installed copy of the package, beside links to what it depends on. */
export function installedCopy(t: TestContext): string {
  const folder = temporaryFolder(t)
  const copy = join(folder, 'node_modules', 'tracing')
  for (const part of [
    'register.js',
    'package.json',
    join('dist', 'preload.js'),
    join('dist', 'agent.js'),
    join('dist', 'tracers.js'),
    join('dist', 'src'),
  ])
    cpSync(join(root, part), join(copy, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir')
  return copy
}

/** A key and a certificate that nobody trusts, as the environment of an https app. */
export function certificate(t: TestContext): { KEY: string; CERT: string } {
  const folder = temporaryFolder(t)
  const files = { KEY: join(folder, 'key.pem'), CERT: join(folder, 'cert.pem') }
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=localhost']
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...kind, '-keyout', files.KEY, '-out', files.CERT], {
    stdio: 'ignore',
  })
  return files
}
