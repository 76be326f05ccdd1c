const { AsyncLocalStorage, executionAsyncId, executionAsyncResource, triggerAsyncId } = require('node:async_hooks')
const { add, fact, plain } = require('./facts')
const { chain, listeners, nameOf, printed, visited } = require('./shapes')

/** V8 tells by which name a method is called, where that is not its own and leads to it. */
const ALIAS = / \[as \w+\]/

/** The app's own. */
const context = new AsyncLocalStorage()

exports.enter = (name) => context.enterWith(name)

/** Notes what can be seen here, and of these objects. */
exports.look = (where, subjects) => {
  for (const [name, object] of Object.entries(subjects)) {
    fact(`${where}: properties of ${name}`, Reflect.ownKeys(object).map(nameOf))
    fact(`${where}: visited of ${name}`, visited(object))
    describe(where, name, object)
  }
  fact(`${where}: active resources`, process.getActiveResourcesInfo().sort())
  fact(`${where}: the app's own context`, String(context.getStore()))
  fact(`${where}: properties of a new object`, Reflect.ownKeys({}).map(String))
  fact(`${where}: ids of asynchronous work`, [executionAsyncId() > 0, triggerAsyncId() > 0])
  fact(`${where}: kind of asynchronous work`, executionAsyncResource().constructor?.name ?? 'none')
  noteStack(where)
}

exports.describe = describe

function describe(where, name, object) {
  const lines = printed(object).filter((line) => !isMark(line))
  fact(`${where}: what ${name} inherits from`, chain(object))
  fact(`${where}: listeners of ${name}`, listeners(object))
  fact(
    `${where}: ${name} printed`,
    lines.filter((line) => !isOfHeaders(line)),
  )
  if (lines.some(isOfHeaders))
    add('what requests have', `${where}: headers of ${name}`, isRead(lines) ? 'read' : 'unread')
}

/** Node keeps headers in there, once somebody has asked for them. */
function isOfHeaders(line) {
  return line.includes('Symbol(kHeaders)')
}

function isRead(lines) {
  return !lines.find(isOfHeaders).includes('null')
}

/** What these are on is noted of all work that is new. */
function isMark(line) {
  return line.includes('Symbol(kResourceStore)')
}

function noteStack(where) {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = Number.POSITIVE_INFINITY
  const frames = plain(new Error('whole').stack).split('\n')
  Error.stackTraceLimit = stackTraceLimit
  const others = frames.filter((frame) => !isOfAgent(frame))
  fact(
    `${where}: stack of an error`,
    others.map((frame) => frame.replace(ALIAS, '')),
  )
  add('frames of stacks', `${where}: of the agent`, frames.length - others.length)
  add('frames of stacks', `${where}: under another name`, others.filter((frame) => ALIAS.test(frame)).length)
}

/** Those of an agent, ours or a peer, and of what it enters the context of a request with. */
function isOfAgent(frame) {
  return /dist\/agent\.js|bench\/peers\/|AsyncLocalStorage\.run|node:diagnostics_channel/.test(frame)
}
