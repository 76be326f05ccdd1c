import assert from 'node:assert/strict'
import test from 'node:test'
import { targetOf } from '../../../src/viewer/page/model/target.js'
import { spanIn, traceOf } from './spans.js'

const cases: readonly [tags: Record<string, unknown>, target: string][] = [
  [{ 'span.kind': 'client', 'http.url': 'http://stock:3000/stock/1?x=y' }, 'stock:3000/stock/1'],
  [{ 'span.kind': 'client', 'url.full': 'https://api.example/v1' }, 'api.example/v1'],
  [{ 'span.kind': 'client', 'peer.service': 'postgres' }, 'postgres'],
  [{ 'span.kind': 'client', 'peer.hostname': 'db1' }, 'db1'],
  [{ 'span.kind': 'client' }, ''],
  [{ 'span.kind': 'server', 'http.url': 'http://shop/orders' }, ''],
]

for (const [tags, target] of cases) {
  test(`a span with ${JSON.stringify(tags)} calls "${target}"`, () => {
    assert.equal(targetOf(spanIn(traceOf([{ id: 'a', at: 0, for: 1, tags }]), 'a')), target)
  })
}
