import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, startApp } from '../helpers/app.js'
import { printed } from '../helpers/waiting.js'

interface Package {
  readonly version: string
  readonly license?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly hasInstallScript?: boolean
}

const listed = rows(readFileSync(join(root, 'docs', 'packages.md'), 'utf8'))
const installed = runTimePackages()

test('docs/packages.md lists each package that comes with the agent, in its version', () => {
  const versions = listed.map(([name, version]) => `${name} ${version}`)

  assert.deepEqual(versions.sort(), [...installed].map(([name, { version }]) => `${name} ${version}`).sort())
  for (const [name, , licence] of listed) {
    const declared = installed.get(String(name))?.license
    // Older ones say it in ways that lockfiles leave out.
    if (declared !== undefined && declared !== 'BSD License') assert.equal(licence, declared, name)
  }
})

test('neither the agent nor a package that comes with it runs a script when it is installed', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

  for (const name of ['preinstall', 'install', 'postinstall']) assert.equal(scripts[name], undefined)
  const running = [...installed].filter(([, { hasInstallScript }]) => hasInstallScript === true)
  assert.deepEqual(running, [])
})

test('docs/packages.md says which packages a traced app loads, and when', async (t) => {
  const app = await startApp(t, 'loaded.js')

  await app.get('/')
  await app.span()
  app.child.kill('SIGUSR2')

  const [, first = ''] = await printed(app, /^at the start: (.*)$/m)
  const [, last = ''] = await printed(app, /^by now: (.*)$/m)
  const [atStart, byNow] = [first.split(' '), last.split(' ')]
  for (const [name, , , , loaded] of listed) {
    const when = atStart.includes(String(name)) ? 'start' : byNow.includes(String(name)) ? 'later' : 'never'
    assert.equal(loaded, when, name)
  }
})

/** The cells of the table on a page, without its head. */
function rows(page: string): string[][] {
  const lines = page.split('\n').filter((line) => line.startsWith('| '))
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** What npm installs with the agent, by name, as the lockfile says; none is there in two versions. */
function runTimePackages(): Map<string, Package> {
  const { packages }: { packages: Record<string, Package> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  )
  const found = new Map<string, Package>()
  const names = Object.keys(packages['']?.dependencies ?? {})
  for (let name = names.pop(); name !== undefined; name = names.pop()) {
    const { [`node_modules/${name}`]: entry } = packages
    assert.ok(entry, name)
    if (found.has(name)) continue
    found.set(name, entry)
    names.push(...Object.keys(entry.dependencies ?? {}))
  }
  return found
}
