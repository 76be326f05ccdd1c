import assert from 'node:assert/strict'
import test from 'node:test'
import { readFailure } from '../../../src/viewer/page/model/failure.js'
import { stackLines } from '../../../src/viewer/page/model/stack.js'
import { tagsOf } from './traces/builder.js'

test("an error's log is read by the names of OpenTracing", () => {
  const fields = tagsOf({ event: 'error', 'error.kind': 'RangeError', message: 'no', stack: 'at x', attempt: 2 })

  const failure = readFailure({ timestamp: 5, fields })

  assert.deepEqual(failure, { time: 5, kind: 'RangeError', message: 'no', stack: 'at x', rest: tagsOf({ attempt: 2 }) })
})

test("and by those of OpenTelemetry's exceptions", () => {
  const fields = tagsOf({
    event: 'exception',
    'exception.type': 'E',
    'exception.message': 'm',
    'exception.stacktrace': 's',
  })

  const failure = readFailure({ timestamp: 5, fields })

  assert.deepEqual([failure?.kind, failure?.message, failure?.stack], ['E', 'm', 's'])
})

test('any other log is no error', () => {
  assert.equal(readFailure({ timestamp: 5, fields: tagsOf({ event: 'retry', message: 'again' }) }), undefined)
})

test("the app's own calls are told from those of packages and of Node, and no line is lost", () => {
  const stack = [
    'TypeError: x is not a function',
    '    at order (/srv/app/orders.js:3:1)',
    '    at async file:///srv/app/main.mjs:9:2',
    '    at next (/srv/app/node_modules/router/index.js:280:10)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    '    at new Promise (<anonymous>)',
    '  cause: at sea',
  ]

  const lines = stackLines(stack.join('\n'))

  assert.deepEqual(
    lines.map(({ text }) => text),
    stack,
  )
  assert.deepEqual(
    lines.filter(({ isOwn }) => isOwn).map(({ text }) => text),
    stack.slice(1, 3),
  )
})
