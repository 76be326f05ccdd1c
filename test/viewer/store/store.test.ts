import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import test from 'node:test'
import { Counts } from '../../../src/viewer/counts.js'
import type { Process, Span, Tag } from '../../../src/viewer/store/span.js'
import { Store } from '../../../src/viewer/store/store.js'

const MIB = 1_024 * 1_024
const shop: Process = { serviceName: 'shop', tags: [] }

function storeOf(limits: { traces?: number; size?: number } = {}) {
  const counts = new Counts()
  return { counts, store: new Store({ traces: 1_000, size: 256 * MIB, ...limits }, counts) }
}

function span(trace: number, id: number, rest: Partial<Span> & { parent?: number } = {}): Span {
  const traceID = hex(trace)
  const references =
    rest.parent === undefined ? [] : [{ refType: 'CHILD_OF' as const, traceID, spanID: hex(rest.parent) }]
  return {
    traceID,
    spanID: hex(id),
    flags: 1,
    operationName: `operation ${id}`,
    references,
    startTime: 1_000 * trace + id,
    duration: 100,
    tags: [],
    logs: [],
    warnings: [],
    process: shop,
    ...rest,
  }
}

function hex(number: number): string {
  return number.toString(16).padStart(16, '0')
}

function ids(store: Store): number[] {
  return [...store.newest()].map(({ id }) => Number(`0x${id}`))
}

test('the newest traces are kept, the last to come first', () => {
  const { store, counts } = storeOf({ traces: 3 })

  for (let trace = 1; trace <= 5; trace++) store.add([span(trace, 1)])

  assert.deepEqual(ids(store), [5, 4, 3])
  assert.equal(store.trace(hex(1)), undefined)
  assert.deepEqual([counts.received, counts.evicted, store.traces, store.spans], [5, 2, 3, 3])
})

test('a late span joins its trace, and does not make it newer', () => {
  const { store } = storeOf({ traces: 2 })

  store.add([span(1, 1), span(2, 1), span(1, 2), span(3, 1)])

  assert.deepEqual(ids(store), [3, 2])
})

test('a span that comes twice is kept once', () => {
  const { store, counts } = storeOf()

  store.add([span(1, 1), span(1, 1), span(1, 2)])
  store.add([span(1, 1, { tags: [{ key: 'k', type: 'string', value: 'v' }] })])

  assert.equal(store.trace(hex(1))?.spans.length, 2)
  assert.deepEqual([counts.received, counts.duplicates], [4, 2])
})

test('spans of one id with another start, or of another service, are others', () => {
  const { store } = storeOf()

  store.add([span(1, 1), span(1, 1, { startTime: 5 }), span(1, 1, { process: { serviceName: 'stock', tags: [] } })])

  assert.equal(store.trace(hex(1))?.spans.length, 3)
})

test('spans without an id are counted, and not kept', () => {
  const { store, counts } = storeOf()

  store.add([span(0, 1), span(1, 0)])

  assert.deepEqual([store.traces, counts.dropped], [0, 2])
})

test('what is kept has a size, and the oldest traces make room', () => {
  const { store, counts } = storeOf({ size: MIB, traces: 1_000_000 })
  const tags: Tag[] = [{ key: 'text', type: 'string', value: 'x'.repeat(10_000) }]

  for (let trace = 1; trace <= 1_000; trace++) store.add([span(trace, 1, { tags })])

  assert.ok(store.size <= MIB)
  assert.ok(store.traces > 20 && store.traces < 80, `${store.traces} traces`)
  assert.equal(counts.evicted, 1_000 - store.traces)
  assert.equal(ids(store)[0], 1_000)
})

test('no trace pushes out all others: of one that is too long, the first spans are kept', () => {
  const { store, counts } = storeOf({ size: MIB })

  store.add([span(1, 1)])
  for (let id = 1; id <= 10_000; id++) store.add([span(2, id)])

  assert.deepEqual(ids(store), [2, 1])
  assert.ok(store.size < MIB / 3)
  assert.equal(counts.dropped, store.trace(hex(2))?.dropped)
  assert.equal(store.spans + counts.dropped, 10_001)
})

test('the services and operations are those of the spans that are kept', () => {
  const { store } = storeOf({ traces: 2 })
  const server: Tag[] = [{ key: 'span.kind', type: 'string', value: 'server' }]
  const stock: Process = { serviceName: 'stock', tags: [] }

  store.add([span(1, 1, { process: stock, operationName: 'gone' })])
  store.add([
    span(2, 1, { operationName: 'b', tags: server }),
    span(3, 1, { operationName: 'b' }),
    span(3, 2, { operationName: 'a' }),
  ])

  assert.deepEqual(store.operations.serviceNames, ['shop'])
  assert.deepEqual(store.operations.of('shop'), [
    { name: 'a', spanKind: 'unspecified' },
    { name: 'b', spanKind: 'server' },
    { name: 'b', spanKind: 'unspecified' },
  ])
  assert.deepEqual(store.operations.of('stock'), [])
})

test('a cleared store is empty, says so, and takes in what comes next', () => {
  const { store } = storeOf()
  const told: string[] = []
  store.watch({ changed: ({ id }) => told.push(id), cleared: () => told.push('cleared') })

  store.add([span(1, 1)])
  store.clear()
  store.add([span(2, 1)])

  assert.deepEqual(told, [hex(1), 'cleared', hex(2)])
  assert.deepEqual([ids(store), store.spans], [[2], 1])
})

test('a summary tells the root, the services with their errors, and the time from first to last', () => {
  const { store } = storeOf()
  const stock: Process = { serviceName: 'stock', tags: [] }
  const tags: Tag[] = [{ key: 'error', type: 'bool', value: true }]

  store.add([
    span(1, 3, { parent: 2, process: stock, startTime: 1_020, duration: 10, tags }),
    span(1, 2, { parent: 1, startTime: 1_010, duration: 50 }),
    span(1, 9, { parent: 8, startTime: 990, duration: 10 }),
    span(1, 1, { startTime: 1_000, duration: 200, operationName: 'GET /' }),
  ])

  assert.deepEqual(store.trace(hex(1))?.summary, {
    traceID: hex(1),
    startTime: 990,
    duration: 210,
    root: { service: 'shop', operation: 'GET /' },
    services: [
      { name: 'stock', spans: 1, errors: 1 },
      { name: 'shop', spans: 3, errors: 0 },
    ],
    spans: 4,
    errors: 1,
    depth: 3,
  })
})

test('spans that are each other’s parents, or their own, have an end', () => {
  const { store } = storeOf()

  store.add([
    span(1, 1, { parent: 2 }),
    span(1, 2, { parent: 3 }),
    span(1, 3, { parent: 1 }),
    span(1, 4, { parent: 4 }),
  ])

  const summary = store.trace(hex(1))?.summary
  assert.equal(summary?.root.operation, 'operation 4')
  assert.equal(summary?.depth, 3)
})

test('a line of descent as long as a trace can be is no overflow', () => {
  const { store } = storeOf()
  for (let id = 1; id <= 50_000; id++) store.add([span(1, id, { parent: id - 1 })])

  assert.equal(store.trace(hex(1))?.summary.depth, 50_000)
})

test('clocks of two hosts that differ are told, and nothing is put right', () => {
  const { store } = storeOf()
  const host = (serviceName: string, ip: string): Process => ({
    serviceName,
    tags: [{ key: 'ip', type: 'string', value: ip }],
  })
  const parent = { startTime: 10_000, duration: 1_000 }
  const early = { parent: 1, startTime: 9_000, duration: 500 }

  store.add([
    span(1, 1, { ...parent, process: host('shop', 'a') }),
    span(1, 2, { ...early, process: host('stock', 'b') }),
  ])
  store.add([
    span(2, 1, { ...parent, process: host('shop', 'a') }),
    span(2, 2, { ...early, process: host('stock', 'a') }),
  ])
  store.add([span(3, 1, parent), span(3, 2, early)])

  assert.equal(store.trace(hex(1))?.summary.skew, 1_250)
  assert.equal(store.trace(hex(1))?.summary.startTime, 9_000)
  assert.equal(store.trace(hex(2))?.summary.skew, undefined)
  assert.equal(store.trace(hex(3))?.summary.skew, undefined)
})

test('spans take no more memory than is counted for them', () => {
  const script = `
    const { Counts } = require('./counts.js'), { Store } = require('./store/store.js')
    const { decodePacket } = require('./decoders/jaeger-thrift.js')
    const { packet } = require(${JSON.stringify(join(__dirname, '..', 'thrift-messages.js'))})
    const counts = new Counts(), store = new Store({ traces: 1e6, size: 12 * 2 ** 20 }, counts)
    const fill = (from, to) => {
      for (let trace = from; trace < to; trace++) {
        const span = (id) => ({ traceIdHigh: 1n, traceIdLow: BigInt(trace), spanId: BigInt(trace * 8 + id),
          parentSpanId: BigInt(trace), operationName: 'GET /users/:id', tags: [
          ['span.kind', 'server'], ['http.method', 'GET'], ['http.url', 'http://127.0.0.1/users/' + trace],
          ['http.status_code', 200], ['user', 'user ' + trace], ['component', 'express']],
          logs: id === 1 ? [{ timestamp: trace, fields: [['event', 'error'], ['message', 'no ' + trace]] }] : [] })
        store.add(decodePacket(packet({ serviceName: 'shop', tags: [['ip', '127.0.0.1']] }, [1, 2, 3, 4].map(span))))
      }
    }
    const used = () => { gc(); return process.memoryUsage().heapUsed }
    fill(1, 500)
    const before = { size: store.size, used: used() }
    fill(500, 2000)
    const [size, taken] = [store.size - before.size, used() - before.used]
    process.stdout.write(JSON.stringify({ size, taken, evicted: counts.evicted }))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '-e', script], {
    cwd: join(__dirname, '..', '..', '..', 'src', 'viewer'),
    encoding: 'utf8',
  })

  const { size, taken, evicted } = JSON.parse(stdout || assert.fail(stderr))
  assert.ok(evicted > 100)
  assert.ok(taken <= size, `${taken} bytes are taken for what is counted as ${size}`)
  assert.ok(taken > size / 3, `${taken} bytes are taken for what is counted as ${size}`)
})
