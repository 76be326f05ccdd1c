const { add, fact, plain } = require('./facts')
const { listeners, properties, visited } = require('./shapes')

const channels = [
  ...['client', 'server'].flatMap((side) => [`http.${side}.request.start`, `http.${side}.response.finish`]),
  ...['created', 'error'].map((event) => `http.client.request.${event}`),
  ...['client', 'server'].map((side) => `net.${side}.socket`),
  ...['create', 'bodySent', 'bodyChunkSent', 'bodyChunkReceived'].map((event) => `undici:request:${event}`),
  ...['headers', 'trailers', 'error'].map((event) => `undici:request:${event}`),
  ...['beforeConnect', 'connected', 'connectError', 'sendHeaders'].map((event) => `undici:client:${event}`),
  ...['start', 'end', 'error'].map((event) => `tracing:module.require:${event}`),
]

/** Notes what an app can ask the process at any time. */
exports.noteSituation = (when) => {
  add('what is loaded', `${when}: packages`, [...new Set(Object.keys(require.cache).map(packageOf))].sort())
  add('who listens', `${when}: events of the process`, listeners(process))
  add('who listens', `${when}: channels`, channels.filter(require('node:diagnostics_channel').hasSubscribers))
  add('marks of asynchronous work', `${when}: promise`, marks(Promise.resolve()))
  add('marks of asynchronous work', `${when}: timer`, marks(stoppedTimer()))
  fact(`${when}: active resources`, process.getActiveResourcesInfo().sort())
  fact(`${when}: active handles`, process._getActiveHandles().map(className).sort())
  fact(`${when}: active requests`, process._getActiveRequests().map(className).sort())
  fact(
    `${when}: main module`,
    [require.main, module.parent].map(({ id }) => plain(id)),
  )
  fact(
    `${when}: required by the main module`,
    require.main.children.map(({ id }) => plain(id)),
  )
  fact(`${when}: what requires files`, properties(require.extensions))
  fact(`${when}: search paths`, module.paths.map(plain))
  fact(`${when}: names in the environment`, Object.keys(process.env).sort())
  fact(`${when}: values in the environment`, Object.values(process.env).sort())
  fact(`${when}: arguments`, process.argv.map(plain))
  fact(`${when}: arguments of Node`, process.execArgv.map(plain))
  fact(`${when}: title`, process.title)
  fact(`${when}: working directory`, plain(`${process.cwd()}/`))
  fact(`${when}: mask of new files`, process.umask())
  fact(`${when}: exit code`, String(process.exitCode))
  fact(`${when}: captures what nobody catches`, process.hasUncaughtExceptionCaptureCallback())
  fact(`${when}: depth of stacks`, Error.stackTraceLimit)
  fact(`${when}: maker of stacks`, typeof Error.prepareStackTrace)
  fact(`${when}: visited of any object`, [...visited({}), ...visited([]), ...visited(() => {})])
}

/** The modules of Node that apps can require and that somebody has. */
exports.partsOfNode = () => {
  const { builtinModules } = module.constructor
  return builtinModules.filter((name) => process.moduleLoadList.includes(`NativeModule ${name}`))
}

/** The package that a file belongs to, or its folder where it is in none. */
function packageOf(file) {
  const parts = plain(file).split('/')
  const last = parts.lastIndexOf('node_modules')
  return parts.slice(0, last === -1 ? -1 : last + 2).join('/') || '.'
}

function marks(object) {
  return Object.getOwnPropertySymbols(object).map(String)
}

function stoppedTimer() {
  const timer = setTimeout(() => {})
  clearTimeout(timer)
  return timer
}

function className(object) {
  return object.constructor.name
}
