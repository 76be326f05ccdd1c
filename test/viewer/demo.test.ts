import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { root } from '../helpers/app.js'

const demo = join(root, 'examples', 'demo.js')

test('the demo shows traces through both of its services, and with --once it ends', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [demo, '--once'])

  const [commands, product, , , order] = stdout.replaceAll(/ {2}\d+\.\d ms/g, '').split('\n\n')
  assert.match(String(commands), /^\$ npx tracing view\n\$ .* examples\/stock\.js\n\$ .* examples\/shop\.js$/)
  assert.deepEqual(linesOf(product), [
    'GET /shops/:shop/products/:id  200  shop  trace id',
    '└─ GET  200  shop',
    '   └─ GET /stock/:product  200  stock',
  ])
  assert.deepEqual(linesOf(order), [
    'POST /shops/:shop/orders  500  shop  trace id',
    '├─ GET  404  shop',
    '│  └─ GET /stock/:product  404  stock',
    '└─ RangeError: cannot order product 7',
  ])
  assert.match(stdout, /^GET {2}404 {2}/m)
  assert.equal(stderr, '')
})

test('the demo goes on in the viewer until it is stopped', async (t) => {
  const child = spawn(process.execPath, [demo], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  let [stdout, url = ''] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  while (url === '') {
    await once(child.stdout, 'data')
    url = /^See them at (\S+),/m.exec(stdout)?.[1] ?? ''
  }

  const response = await fetch(`${url}/api/services`)
  const { data }: { data: string[] } = Object(await response.json())
  assert.deepEqual(data.sort(), ['shop', 'stock'])
  child.kill('SIGINT')
  assert.deepEqual(await once(child, 'exit'), [0, null])
  await assert.rejects(fetch(url))
})

/** With `id` for the first trace's, wherever it comes again. */
function linesOf(trace = ''): string[] {
  const [, id = ''] = /trace (\w+)/.exec(trace) ?? []
  return trace.replaceAll(id, 'id').split('\n')
}
