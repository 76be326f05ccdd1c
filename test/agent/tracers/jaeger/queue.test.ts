import assert from 'node:assert/strict'
import test from 'node:test'
import { SpanQueue } from '../../../../src/agent/tracers/jaeger/queue.js'
import type { Batch } from '../../../../src/agent/tracers/transport.js'

const LONGEST = 65_000

test('spans leave in the order in which they came, as many as fit a message', () => {
  const queue = new SpanQueue(LONGEST)
  for (let count = 0; count < 200; count++) queue.add(Buffer.alloc(1_000, count))

  const batches = all(queue)

  assert.deepEqual(
    batches.map(({ spans }) => spans.length),
    [64, 64, 64, 8],
  )
  assert.deepEqual(
    batches.flatMap(({ spans }) => spans.map((span) => span[0])),
    Array.from({ length: 200 }, (_, index) => index),
  )
  assert.equal(queue.isEmpty, true)
  assert.equal(queue.lost, 0)
})

test('of more than 2,048 spans the oldest are lost, and counted', () => {
  const queue = new SpanQueue(LONGEST)
  for (let count = 0; count < 5_000; count++) queue.add(Buffer.from(String(count)))

  const spans = all(queue).flatMap((batch) => batch.spans.map(String))

  assert.equal(spans.length, 2_048)
  assert.equal(spans[0], '2952')
  assert.equal(spans.at(-1), '4999')
  assert.equal(queue.lost, 2_952)
})

test('of more than 4 MiB the oldest are lost, and counted', () => {
  const queue = new SpanQueue(LONGEST)
  for (let count = 0; count < 100; count++) queue.add(Buffer.alloc(60_000, count))

  const spans = all(queue).flatMap((batch) => batch.spans)

  assert.equal(spans.length, 69)
  assert.equal(spans[0]?.[0], 31)
  assert.equal(queue.lost, 31)
})

test('a batch that comes back goes first, once, and is lost the second time', () => {
  const queue = new SpanQueue(LONGEST)
  queue.add(Buffer.from('first'))
  const batch = queue.take()
  assert.ok(batch)
  queue.add(Buffer.from('second'))

  const again = queue.giveBack(batch)
  const next = queue.take()
  const onceMore = queue.giveBack(batch)

  assert.deepEqual([again, onceMore], [true, false])
  assert.equal(next, batch)
  assert.equal(queue.lost, 1)
  assert.deepEqual(queue.take()?.spans.map(String), ['second'])
})

test('after a message that was too long the next are half as long, and a span that is longer leaves alone', () => {
  const queue = new SpanQueue(LONGEST)
  for (let count = 0; count < 3; count++) queue.add(Buffer.alloc(30_000, count))
  for (let count = 0; count < 10; count++) queue.add(Buffer.alloc(1_000))
  queue.shorten()
  queue.shorten()

  const batches = all(queue)

  assert.deepEqual(
    batches.map(({ spans }) => spans.length),
    [1, 1, 1, 10],
  )
})

function all(queue: SpanQueue): Batch<Buffer>[] {
  const batches: Batch<Buffer>[] = []
  for (let batch = queue.take(); batch !== undefined; batch = queue.take()) batches.push(batch)
  return batches
}
