// What becomes of calls of every shape with an agent, as `test/apps/client-shapes.js` makes them.
const { join } = require('node:path')
const { isDeepStrictEqual } = require('node:util')

const app = [join(__dirname, 'in-request.js'), join(__dirname, '..', '..', 'test', 'apps', 'client-shapes.js')]
/** The headers that agents are to add. */
const ofTraces = /^(uber-trace-id|traceparent|tracestate|baggage|x-datadog-[\w-]+|elastic-apm-traceparent): /i
/** What comes of a call, beside the bytes that are sent. */
const results = ['thrown', 'events', 'error', 'status']

/** The titles of shapes that differ from a run without the agent: in what comes of them, or only in what they look like. */
async function compareShapes(player, agent) {
  const plain = await player.play(app)
  if (!isDeepStrictEqual(plain, await player.play(app))) throw new Error('calls differ without an agent')

  const traced = await player.play(app, agent)
  const pairs = plain.map((shape, at) => [shape, traced[at]])
  const [same, other] = [true, false].map((is) => pairs.filter((pair) => doSame(...pair) === is))
  const looks = same.filter((pair) => !lookSame(...pair))
  return { shapes: plain.length, doing: other.map(titleOf), looking: looks.map(titleOf) }
}

function doSame(plain, traced) {
  const sent = traced.wire?.map((head, at) => withoutTrace(head, plain.wire?.[at] ?? ''))
  return isDeepStrictEqual(plain.wire, sent) && results.every((name) => isDeepStrictEqual(plain[name], traced[name]))
}

/** A head without the lines that the agent has added to it: those of the app stay. */
function withoutTrace(head, plain) {
  const own = plain.split('\r\n')
  const lines = head.split('\r\n')
  return lines.filter((line) => own.includes(line) || !ofTraces.test(line)).join('\r\n')
}

function lookSame({ wire, ...plain }, { wire: _, ...traced }) {
  return isDeepStrictEqual(plain, traced)
}

function titleOf([{ title }]) {
  return title
}

module.exports = { compareShapes }
