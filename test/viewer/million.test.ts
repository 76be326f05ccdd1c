import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MIB, mostMemory, onLinux } from './memory.js'
import { otlpRequest, otlpSpan } from './otlp-messages.js'
import { startViewer } from './viewer.js'

test('a million spans are taken in, and the memory stays as it is', onLinux, async (t) => {
  const viewer = await startViewer(t)
  const [rounds, size, perTrace] = [100, 10_000, 10]
  const attributes = [
    { key: 'http.method', value: { stringValue: 'GET' } },
    { key: 'http.route', value: { stringValue: '/users/:id' } },
    { key: 'http.status_code', value: { intValue: 200 } },
  ]
  const span = JSON.stringify(otlpSpan({ traceId: 'TRACE', spanId: 'SPAN', kind: 2, attributes }))
  const [before, after] = JSON.stringify(otlpRequest('shop', [])).split('"spans":[]')

  let half = 0
  for (let round = 0; round < rounds; round++) {
    const spans = Array.from({ length: size }, (_, index) => {
      const number = round * size + index
      return span.replace('TRACE', id(Math.floor(number / perTrace) + 1, 32)).replace('SPAN', id(number + 1, 16))
    })
    const { status } = await fetch(viewer.otlpEndpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: `${before}"spans":[${spans.join()}]${after}`,
    })
    assert.equal(status, 200)
    if (round === rounds / 2) half = mostMemory(viewer)
  }

  const { received, traces, bytes, evicted } = await viewer.counts()
  assert.equal(received, rounds * size)
  assert.equal(traces + evicted, (rounds * size) / perTrace)
  assert.ok(traces > 1_000 && bytes <= 256 * MIB)
  assert.ok(mostMemory(viewer) < 1_024 * MIB, `${mostMemory(viewer)} bytes`)
  assert.ok(mostMemory(viewer) < half * 1.3, `${half} bytes, and ${mostMemory(viewer)} later`)
})

function id(number: number, length: number): string {
  return number.toString(16).padStart(length, '0')
}
