import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { options } from '../../src/agent/config.js'
import { register, root, runScript } from '../helpers/app.js'
import { runCommand } from '../helpers/command.js'

for (const words of [['--help'], ['-h'], ['help'], [], ['doctor', '--help']]) {
  test(`npx tracing ${words.join(' ')} lists the commands and every option of the agent`, async () => {
    const { code, stdout, stderr } = await runCommand(words)

    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^ {2}doctor \[--all\] {2}/m)
    const rows = [...stdout.matchAll(/^ {2}(TRACE_\w+) {2}/gm)].map(([, variable]) => variable)
    assert.deepEqual(
      rows,
      Object.values(options).map(({ variable }) => variable),
    )
    assert.match(stdout, /^ {2}TRACE_QUERY .*\n.*\n.* \(default: off\)$/m)
    assert.ok(!stdout.includes('`'))
  })
}

for (const [columns, width] of [
  ['', 80],
  ['100', 100],
  ['60', 60],
  ['45', 45],
  ['7', 40],
  ['1000', 120],
] as const) {
  test(`in ${columns || 'no'} columns, help is at most ${width} characters wide`, async () => {
    const { stdout } = await runCommand(['--help'], { env: { COLUMNS: columns } })

    const lines = stdout.split('\n')
    // Only words that are longer than the line may stick out.
    const wide = lines.filter((line) => line.length > width && /\S\s+\S/.test(line.slice(6)))
    assert.deepEqual(wide, [])
    assert.ok(lines.some((line) => line.length > width * 0.85))
  })
}

test('npx tracing --version is the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

  const { code, stdout } = await runCommand(['--version'])

  assert.deepEqual([code, stdout], [0, `${version}\n`])
})

for (const [words, line] of [
  [['docotr'], 'tracing: there is no command "docotr"; npx tracing --help lists those there are\n'],
  [['constructor'], 'tracing: there is no command "constructor"; npx tracing --help lists those there are\n'],
  [['doctor', '--al'], 'tracing: doctor takes --all, not "--al"\n'],
] as const) {
  test(`npx tracing ${words.join(' ')} is one line on stderr, and code 1`, async () => {
    const { code, stdout, stderr } = await runCommand(words)

    assert.deepEqual([code, stdout, stderr], [1, '', line])
  })
}

test('whoever stops reading ends the command, without a word', async () => {
  const command = spawn(process.execPath, [join(root, 'dist', 'cli.js'), '--help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  command.stderr.on('data', (text) => {
    stderr += text
  })
  command.stdout.destroy()

  await once(command, 'close')

  assert.equal(stderr, '')
})

test('the agent never loads the commands', async (t) => {
  const code = "require('node:http'); console.log(Object.keys(require.cache).join())"

  const { stdout } = await runScript(t, '', { node: ['-r', register], args: ['-e', code] })

  assert.match(stdout, /agent\.js/)
  assert.doesNotMatch(stdout, /cli\.js/)
})
