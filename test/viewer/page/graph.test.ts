import assert from 'node:assert/strict'
import test from 'node:test'
import { layOutGraph, NODE } from '../../../src/viewer/page/model/graph.js'
import { layersOf } from '../../../src/viewer/page/model/layers.js'

const shop = calls('web>shop', 'shop>stock', 'shop>prices', 'web>prices', 'stock>db')

test('callers stand left of those they call, as far right as needed', () => {
  assert.deepEqual(columns(shop), { web: 0, shop: 1, stock: 2, prices: 2, db: 3 })
})

test('a circle is opened behind the service that nobody outside of it calls', () => {
  assert.deepEqual(columns(calls('web>a', 'a>b', 'b>a')), { web: 0, a: 1, b: 2 })
  assert.deepEqual(columns(calls('b>a', 'a>b')), { a: 0, b: 1 })
})

test('a service that calls itself, and one that calls nobody, have a place', () => {
  const graph = layOutGraph(['alone', 'self'], calls('self>self'))

  assert.equal(graph.nodes.length, 2)
  assert.equal(graph.edges.length, 1)
  assert.ok(graph.edges[0]?.path.startsWith('M '))
})

test('services lie within the drawing, and none on another', () => {
  const { nodes, width, height } = layOutGraph(namesIn(shop), shop)

  for (const { service, x, y } of nodes) {
    assert.ok(x >= 0 && x + NODE.width <= width, `${service} is ${x} of ${width}`)
    assert.ok(y >= 0 && y + NODE.height <= height, `${service} is ${y} of ${height}`)
    const near = nodes.filter((other) => other.x === x && Math.abs(other.y - y) < NODE.height)
    assert.deepEqual(near.length, 1, `${service} lies on another`)
  }
})

test('columns are put in an order in which calls do not cross', () => {
  const crossed = calls('a>y', 'b>x', 'root>a', 'root>b')
  const { nodes } = layOutGraph(namesIn(crossed), crossed)
  const height = (name: string) => nodes.find(({ service }) => service === name)?.y ?? Number.NaN

  assert.equal(height('a') < height('b'), height('y') < height('x'))
})

test('a call that passes a column goes around the services in it', () => {
  const passing = calls('a>b', 'b>c', 'a>c')
  const { nodes, edges } = layOutGraph(namesIn(passing), passing)
  const middle = nodes.find(({ service }) => service === 'b')
  const long = edges.find(({ call }) => call.parent === 'a' && call.child === 'c')

  const [, y] = /L \S+ (\S+)/.exec(long?.path ?? '') ?? []
  assert.ok(middle !== undefined && y !== undefined)
  assert.ok(Number(y) < middle.y || Number(y) > middle.y + NODE.height)
})

test('without services it is empty', () => {
  assert.deepEqual(layOutGraph([], []).nodes, [])
})

function calls(...lines: string[]) {
  return lines.map((line) => {
    const [parent = '', child = ''] = line.split('>')
    return { parent, child, callCount: 1 }
  })
}

function namesIn(links: ReturnType<typeof calls>): string[] {
  return [...new Set(links.flatMap(({ parent, child }) => [parent, child]))]
}

function columns(links: ReturnType<typeof calls>): Record<string, number> {
  return Object.fromEntries(layersOf(namesIn(links), links).layerOf)
}
