import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runScript } from '../helpers/app.js'
import { certificate } from '../helpers/folder.js'

test('calls of every shape send, throw, see and leave behind what they do without the agent', async (t) => {
  const env = certificate(t)
  const [traced, plain] = await Promise.all([
    runScript(t, 'client-shapes.js', { env }),
    runScript(t, 'client-shapes.js', { env, node: [] }),
  ])

  const shapes = read(traced.stdout)
  const expected = read(plain.stdout)
  assert.ok(expected.length > 100)
  for (const [at, shape] of shapes.entries()) {
    const { title } = shape
    const isOwn = title.startsWith('a trace of its own')
    assert.deepEqual(isOwn ? shape : withoutTrace(shape), expected[at], title)
    assert.equal(hasTrace(shape), isOwn || mayCarry(shape), `${title} carries the trace`)
  }
  assert.equal(traced.stderr, plain.stderr)
})

/** Whether a head was sent that takes headers. */
function mayCarry({ title, wire = [] }: Seen): boolean {
  return wire.some((head) => head !== '' && !head.startsWith('CONNECT')) && !title.startsWith('a signed')
}

function hasTrace({ wire = [] }: Seen): boolean {
  return wire.some((head) => /^uber-trace-id: /im.test(head))
}

function withoutTrace(shape: Seen): Seen {
  const { wire, ...rest } = shape
  return {
    ...rest,
    ...(wire && { wire: wire.map((head) => head.replace(/(uber-trace-id|traceparent): .*\r\n/g, '')) }),
  }
}

function read(stdout: string): Seen[] {
  return JSON.parse(stdout)
}

interface Seen {
  readonly title: string
  readonly wire?: readonly string[]
}
