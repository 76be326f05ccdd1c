import assert from 'node:assert/strict'
import test from 'node:test'
import { criticalPath } from '../../../src/viewer/page/model/critical-path.js'
import { type Brief, traceOf } from './spans.js'

test('without children the whole span is critical', () => {
  assert.deepEqual(pathOf([{ id: 'root', at: 0, for: 100 }]), { root: ['0-100'] })
})

test('the path goes through children one after the other', () => {
  const path = pathOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'first', under: 'root', at: 10, for: 20 },
    { id: 'second', under: 'root', at: 40, for: 50 },
  ])

  assert.deepEqual(path, { root: ['0-10', '30-40', '90-100'], first: ['10-30'], second: ['40-90'] })
})

test('of children side by side only the one that ended last is waited for', () => {
  const path = pathOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'short', under: 'root', at: 10, for: 30 },
    { id: 'long', under: 'root', at: 10, for: 80 },
  ])

  assert.deepEqual(path, { root: ['0-10', '90-100'], long: ['10-90'] })
})

test('before the child that was waited for, it goes on with the one that ended before that began', () => {
  const path = pathOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'early', under: 'root', at: 0, for: 40 },
    { id: 'overlapping', under: 'root', at: 30, for: 30 },
    { id: 'last', under: 'root', at: 50, for: 50 },
  ])

  assert.deepEqual(path, { root: ['40-50'], early: ['0-40'], last: ['50-100'] })
})

test('it descends into grandchildren', () => {
  const path = pathOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'child', under: 'root', at: 20, for: 60 },
    { id: 'leaf', under: 'child', at: 30, for: 40 },
  ])

  assert.deepEqual(path, { root: ['0-20', '80-100'], child: ['20-30', '70-80'], leaf: ['30-70'] })
})

test('a child that goes on after its parent counts as far as its parent does', () => {
  const path = pathOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'child', under: 'root', at: 60, for: 100 },
    { id: 'after', under: 'root', at: 120, for: 10 },
  ])

  assert.deepEqual(path, { root: ['0-60'], child: ['60-100'] })
})

test('what only follows from a span is not waited for', () => {
  const path = pathOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'follower', follows: 'root', at: 50, for: 50 },
  ])

  assert.deepEqual(path, { root: ['0-100'] })
})

test('where the trace has several roots, it goes through them all', () => {
  const path = pathOf([
    { id: 'one', at: 0, for: 40 },
    { id: 'other', under: 'gone', at: 50, for: 50 },
  ])

  assert.deepEqual(path, { one: ['0-40'], other: ['50-100'] })
})

test('spans of no length take no part, and end nothing', () => {
  const path = pathOf([
    { id: 'root', at: 0, for: 100 },
    { id: 'instant', under: 'root', at: 100, for: 0 },
    { id: 'other', under: 'root', at: 50, for: 0 },
  ])

  assert.deepEqual(path, { root: ['0-100'] })
})

/** The sections of each span, from the trace's start. */
function pathOf(briefs: readonly Brief[]): Record<string, string[]> {
  const { roots, start } = traceOf(briefs)
  const path = [...criticalPath(roots)].map(([{ key }, sections]) => [
    key,
    sections.map((section) => `${section.start - start}-${section.end - start}`),
  ])
  return Object.fromEntries(path)
}
