/** Those that bring a request to the app. */
const ARRIVALS = ['request', 'checkContinue', 'checkExpectation', 'upgrade', 'connect', 'dropRequest']
/** How often these come depends on how bytes fall into chunks: told for the sake of who waits for them, not noted. */
const PASSING = ['data', 'readable', 'pause', 'resume', 'drain']
const SOCKET_EVENTS = ['end', 'timeout', 'error', 'close']
const REQUEST_EVENTS = ['end', 'aborted', 'error', 'close']
const RESPONSE_EVENTS = ['prefinish', 'finish', 'error', 'close', 'pipe', 'unpipe']

let names = new WeakMap()
let counts = {}

/** Numbers requests and connections anew. */
exports.startOver = () => {
  names = new WeakMap()
  counts = {}
}

/** Notes all events of a server, its requests and their responses, by methods of their own in the place of `emit`. */
exports.intercept = (server, tell) => {
  override(server, (event, args) => {
    note(tell, 'server', event, describe(event, args))
    if (event === 'connection') listenTo(args[0], nameOf('socket', args[0]), SOCKET_EVENTS, tell)
    if (!ARRIVALS.includes(event)) return
    const [req, res] = args
    if (req.emit.name === 'intercepted') return
    follow(req, nameOf('req', req), tell)
    if (isResponse(res)) follow(res, nameOf('res', res), tell)
  })
}

/** Notes what listeners hear: of the server only events that the app listens to, because a listener changes what Node does. */
exports.listen = (server, tell) => {
  server.prependListener('connection', (socket) => {
    note(tell, 'server', 'connection', '')
    listenTo(socket, nameOf('socket', socket), SOCKET_EVENTS, tell)
  })
  for (const event of server.eventNames().filter((name) => ARRIVALS.includes(name) || name === 'clientError')) {
    server.prependListener(event, (...args) => {
      note(tell, 'server', event, describe(event, args))
      if (!ARRIVALS.includes(event) || names.has(args[0])) return
      const [req, res] = args
      listenTo(req, nameOf('req', req), REQUEST_EVENTS, tell)
      if (isResponse(res)) listenTo(res, nameOf('res', res), RESPONSE_EVENTS, tell)
    })
  }
}

function follow(emitter, name, tell) {
  let bytes = 0
  override(emitter, (event, args) => {
    if (event === 'data') bytes += args[0].length
    note(tell, name, event, event === 'data' || event === 'end' ? `${bytes} bytes` : '', emitter, args)
  })
}

function override(emitter, before) {
  const { emit } = emitter
  emitter.emit = function intercepted(event, ...args) {
    before(String(event), args)
    return Reflect.apply(emit, this, [event, ...args])
  }
}

function listenTo(emitter, name, events, tell) {
  for (const event of events) emitter.on(event, (...args) => note(tell, name, event, '', emitter, args))
}

function note(tell, name, event, what, emitter, args = []) {
  const mark = PASSING.includes(event) ? '~' : '='
  const more =
    event === 'error' ? `${args[0].code} ${args[0].message}` : event === 'close' ? stateOf(emitter, args) : what
  tell(`${mark}${name} ${event} ${more}`.trimEnd())
}

/** What is left to see of a request, a response or a socket when it closes. */
function stateOf(emitter, args) {
  if (emitter === undefined) return ''
  const { complete, aborted, errored, statusCode, headersSent, writableFinished, trailers } = emitter
  const state = { complete, aborted, errored: errored?.code, statusCode, headersSent, writableFinished, trailers }
  return JSON.stringify({ ...state, args: args.map(String) })
}

function describe(event, args) {
  const [subject, peer, head] = args
  if (event === 'clientError') return `${subject.code} ${subject.message}`
  if (!ARRIVALS.includes(event)) return ''
  const { method, url, httpVersion, rawHeaders } = subject
  const after = head ? `and ${head.length} bytes` : ''
  return [nameOf('req', subject), method, url, httpVersion, JSON.stringify(rawHeaders), isResponse(peer), after].join(
    ' ',
  )
}

function isResponse(object) {
  return typeof object?.writeHead === 'function'
}

function nameOf(kind, object) {
  if (!names.has(object)) {
    counts[kind] = (counts[kind] ?? 0) + 1
    names.set(object, `${kind} ${counts[kind]}`)
  }
  return names.get(object)
}
