import type { Changes } from './compare.js'

/** A fact that is not the same with the agent. */
export interface Difference {
  readonly fact: string
  /** Why it cannot be the same. */
  readonly reason: string
  /** All that changes, in the words of `compare`. */
  readonly changes: readonly string[]
  /** What changes beside that on Nodes older than these. */
  readonly before?: Readonly<Record<number, readonly string[]>>
}

/** All that an app can find out about the agent. Whatever comes up or goes away beside it is a failure. */
export const differences: readonly Difference[] = [
  {
    fact: 'properties of prototypes',
    reason:
      'What happens to requests and responses is seen by their `emit`. A listener would change what Node does, and ' +
      'EventEmitter’s own `emit` is that of the whole app. Name, arity and enumerability stay.',
    changes: each(['http.ClientRequest', 'http.IncomingMessage', 'http.ServerResponse', 'net.Server'], (name) => [
      `${name}.prototype: emit: none → "function emit/1 (writable, enumerable, configurable)"`,
    ]).concat(
      'http.ClientRequest.prototype: _storeHeader: none → "function _storeHeader/2 (writable, enumerable, configurable)"',
    ),
  },
  {
    fact: 'sources of functions',
    reason: 'A function that is wrapped shows the source of what wraps it: no one can give a function another source.',
    changes: [
      ...['net.Server', 'http.Server', 'https.Server', 'http.IncomingMessage', 'http.ServerResponse'].map(emitOf),
      ...['http.ClientRequest.prototype.emit', 'http.ClientRequest.prototype._storeHeader'],
      ...['http.Agent.prototype.addRequest', 'https.Agent.prototype.addRequest', 'module.Module.prototype.require'],
      ...['application.handle', 'request.emit', 'response.emit'].map((name) => `Express 4.${name}`),
      ...['router.handle', 'router.use', 'router.route'].map((name) => `Express 4 ${name}`),
      ...['layer.handle_request', 'layer.handle_error'].map((name) => `Express 4 ${name}`),
      ...['application.handle', 'request.emit', 'response.emit'].map((name) => `Express 5.${name}`),
      ...['handle', 'use', 'route'].map((name) => `Express 5.Router.prototype.${name}`),
      ...['layer.handleRequest', 'layer.handleError'].map((name) => `Express 5 ${name}`),
    ].map((name) => `${name}: another`),
  },
  {
    fact: 'frames of stacks',
    reason:
      'What the agent calls it is on the stack of, and with it AsyncLocalStorage; V8 tells the name that a method is ' +
      'called by only of a function that it finds there. The frames of the app and of Node stay, in their order.',
    changes: [
      ...each(['http', 'HTTP 1.0', '100-continue'], (name) => frames(name, 5)),
      ...frames('Express 4', 15).concat('Express 4, listener of the request: under another name: 7 → 0'),
      ...frames('Express 5', 13),
      ...each(['upgrade', 'connect'], (name) => [
        `${name}, not answered: of the agent: 0 → 5`,
        `${name}, answered: of the agent: 0 → 5`,
      ]),
      ...each(calls(), (name) => [
        `${name}, sent: of the agent: 0 → 2`,
        `${name}, answered: of the agent: 0 → 2`,
        `${name}, answer read: of the agent: 0 → 3`,
      ]),
    ],
  },
  {
    fact: 'headers of calls',
    reason:
      'A call tells its receiver which trace it belongs to. The call itself, and whoever makes it, see nothing of it.',
    changes: each([...calls(), 'a fetch'], (name) => [
      `${name}, sent: + uber-trace-id`,
      `${name}, sent: + traceparent`,
    ]),
  },
  {
    fact: 'what requests have',
    reason:
      'Until a handshake is answered, its socket’s methods are shadowed: wrapped for all sockets, they would cost each ' +
      'write of the process. Node has not read the headers of a handshake when the agent looks for a trace in them.',
    changes: each(['upgrade', 'connect'], (name) => [
      ...['not answered', 'answered', 'ended by the client', 'closed'].map(
        (place) => `${name}, ${place}: headers of req: "unread" → "read"`,
      ),
      ...['write', 'end', 'emit'].flatMap((method) => [
        `${name}, not answered: properties of the socket: + ${method}`,
        `${name}, not answered: visited of the socket: − ${method}`,
      ]),
    ]),
  },
  {
    fact: 'who listens',
    reason:
      'The last spans are sent in the events of the process that change nothing by being listened to, and fetch tells ' +
      'of its calls on channels.',
    changes: [
      ...each(['start', 'end'], (when) =>
        ['create', 'bodySent', 'bodyChunkReceived', 'headers', 'trailers', 'error'].map(
          (event) => `${when}: channels: + undici:request:${event}`,
        ),
      ),
      'end: events of the process: beforeExit: none → ["?"]',
      'end: events of the process: exit: none → ["?"]',
      'end: events of the process: uncaughtExceptionMonitor: none → ["recordCrash"]',
    ],
  },
  {
    fact: 'what is loaded',
    reason: 'The agent is made of modules, which an app that requires them too has to get the same of.',
    changes: [
      ...each(['start', 'end'], (when) =>
        ['.', 'dist', ...packages('module-details-from-path', 'require-in-the-middle', 'shimmer')].map(
          (name) => `${when}: packages: + ${name}`,
        ),
      ),
      ...packages('debug', 'ms').map((name) => `start: packages: + ${name}`),
      ...packages('jaeger-client', 'node-int64', 'opentracing', 'uuid', 'xorshift').map(
        (name) => `end: packages: + ${name}`,
      ),
      ...['module', 'net', 'perf_hooks', 'stream', 'stream/promises', 'string_decoder', 'tty'].map(
        (name) => `start: parts of Node: + ${name}`,
      ),
    ],
    before: { 22: ['start: parts of Node: + diagnostics_channel'] },
  },
  {
    fact: 'marks of asynchronous work',
    reason: 'Node before 24 keeps the context of asynchronous work as a symbol on whatever works.',
    changes: [],
    before: { 24: ['end: promise: + Symbol(kResourceStore)', 'end: timer: + Symbol(kResourceStore)'] },
  },
]

/** The differences of one Node, as `compare` tells them. */
export function expectedChanges(version: string): Changes {
  const major = Number(version.split('.')[0])
  const changes = differences.map(({ fact, changes, before = {} }) => {
    const older = Object.entries(before).flatMap(([limit, more]) => (major < Number(limit) ? more : []))
    return [fact, [...changes, ...older].sort()] as const
  })
  return Object.fromEntries(changes.filter(([, all]) => all.length > 0))
}

function frames(name: string, ofListener: number): string[] {
  return [
    `${name}, listener of the request: of the agent: 0 → ${ofListener}`,
    `${name}, first half of the body: of the agent: 0 → 4`,
    `${name}, end of the body: of the agent: 0 → 5`,
    `${name}, request closed: of the agent: 0 → 5`,
    `${name}, response finished: of the agent: 0 → 3`,
    `${name}, response closed: of the agent: 0 → 4`,
  ]
}

function calls(): string[] {
  return ['by URL', 'by an agent', 'with a body', 'with headers', 'with a list of headers'].map(
    (way) => `a call ${way}`,
  )
}

function packages(...names: string[]): string[] {
  return names.map((name) => `node_modules/${name}`)
}

function emitOf(name: string): string {
  return `${name}.prototype.emit`
}

function each<Item>(items: readonly Item[], changes: (item: Item) => readonly string[]): string[] {
  return items.flatMap(changes)
}
