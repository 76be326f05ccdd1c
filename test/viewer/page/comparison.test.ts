import assert from 'node:assert/strict'
import test from 'node:test'
import { compareTraces } from '../../../src/viewer/page/model/comparison.js'
import { type Brief, traceOf } from './spans.js'

const base: readonly Brief[] = [
  { id: 'r', operation: 'root', at: 0, for: 100 },
  { id: 'a', under: 'r', operation: 'read', at: 10, for: 10 },
  { id: 'b', under: 'r', operation: 'write', at: 30, for: 20 },
]

test('a trace has no difference to itself', () => {
  const pairs = compared(base, base)

  assert.deepEqual(pairs, ['root = root', '  read = read', '  write = write'])
})

test('what only one side has stands where it was, marked up to the root', () => {
  const pairs = compareTraces(
    traceOf(base),
    traceOf([
      ...base.slice(0, 2),
      { id: 'n', under: 'r', operation: 'new', at: 25, for: 1 },
      { id: 'm', under: 'n', operation: 'newer', at: 26, for: 1 },
    ]),
  )

  assert.deepEqual(pairs.map(lineOf), ['root = root', '  read = read', '  - new', '    - newer', '  write -'])
  assert.deepEqual(
    pairs.map(({ differs }) => differs),
    [true, false, true, true, true],
  )
  assert.equal(pairs[0]?.descendants, 4)
})

test('calls side by side are paired by name, in whatever order they came back', () => {
  const swapped = [base[0], { ...base[2], at: 5 }, { ...base[1], at: 50 }] as Brief[]

  assert.deepEqual(compared(base, swapped), ['root = root', '  read = read', '  write = write'])
})

test('repeated calls are paired one by one, and the rest is only on one side', () => {
  const reads = (count: number): Brief[] => [
    { id: 'r', operation: 'root', at: 0, for: 100 },
    ...Array.from({ length: count }, (_, index) => ({
      id: `s${index}`,
      under: 'r',
      operation: 'read',
      at: index * 10,
      for: index + 1,
    })),
  ]

  assert.deepEqual(compared(reads(3), reads(2)), ['root = root', '  read = read', '  read = read', '  read -'])
  assert.deepEqual(compared(reads(0), reads(1)), ['root = root', '  - read'])
})

test('one service is not another, be the operation the same', () => {
  const other = [base[0], { ...base[1], service: 'elsewhere' }, base[2]] as Brief[]

  assert.deepEqual(compared(base, other), ['root = root', '  - read', '  read -', '  write = write'])
})

test('two roots are a pair, whatever they are called; more are paired by name', () => {
  const renamed = [{ ...base[0], operation: 'renamed' }, ...base.slice(1)] as Brief[]
  const second: Brief = { id: 'x', operation: 'other root', at: 0, for: 5 }

  assert.deepEqual(compared(base, renamed)[0], 'root = renamed')
  assert.deepEqual(compared([...base, second], [second]), [
    'root -',
    '  read -',
    '  write -',
    'other root = other root',
  ])
})

function compared(left: readonly Brief[], right: readonly Brief[]): string[] {
  return compareTraces(traceOf(left), traceOf(right)).map(lineOf)
}

function lineOf({ depth, left, right }: ReturnType<typeof compareTraces>[number]): string {
  const indent = '  '.repeat(depth)
  if (left === undefined) return `${indent}- ${right?.operation}`
  return right === undefined ? `${indent}${left.operation} -` : `${indent}${left.operation} = ${right.operation}`
}
