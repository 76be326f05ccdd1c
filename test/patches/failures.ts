/** A request to the app in `test/apps/errors.js`, and what its span must say. */
export type Failure = readonly [
  title: string,
  /** Method and request target. */
  request: string,
  status: number,
  /** The span's name. */
  name: string,
  ...errors: readonly Logged[],
]

type Logged = readonly [kind: string, message: string | undefined]

/** More than this many errors of a request are not kept. */
const MOST_ERRORS = 8
const first: Logged = ['Error', 'first']
const second: Logged = ['TypeError', 'second']

export const failures: readonly Failure[] = [
  ['thrown', 'GET /thrown/1', 500, 'GET /thrown/:id', ['TypeError', 'thrown']],
  ['passed on', 'GET /passed/1', 500, 'GET /passed/:id', ['RangeError', 'passed on']],
  ['passed on later', 'GET /passed-later/1', 500, 'GET /passed-later/:id', ['Error', 'passed on later']],
  ['thrown in middleware', 'GET /middleware/1', 500, 'GET', ['Error', 'thrown in middleware']],
  ['with a status of its own', 'GET /status/503', 503, 'GET /status/:status', ['PaymentError', 'no money']],
  ["that is the client's", 'GET /status/402', 402, 'GET /status/:status', ['PaymentError', 'no money']],
  ['after the answer', 'GET /answered/1', 200, 'GET /answered/:id', ['Error', 'after the answer']],
  ['that the app answers itself is a status and no log', 'GET /own/1', 500, 'GET /own/:id'],
  ['in the decoding of a parameter', 'GET /decoded/%zz', 400, 'GET', ['URIError', "Failed to decode param '%zz'"]],

  ['that is a text', 'GET /values/text', 500, 'GET /values/:value', ['string', 'boom']],
  ['that is a number', 'GET /values/number', 500, 'GET /values/:value', ['number', '7']],
  ['that is a BigInt', 'GET /values/bigint', 500, 'GET /values/:value', ['bigint', '7']],
  ['that is true', 'GET /values/true', 500, 'GET /values/:value', ['boolean', 'true']],
  ['that is a symbol', 'GET /values/symbol', 500, 'GET /values/:value', ['symbol', 'Symbol(boom)']],
  ['that is an object', 'GET /values/object', 500, 'GET /values/:value', ['object', '{"code":7}']],
  ['that is an array', 'GET /values/array', 500, 'GET /values/:value', ['object', '[1,2]']],
  ['that is an object without prototype', 'GET /values/bare', 500, 'GET /values/:value', ['object', '{"code":8}']],
  ['that is a function', 'GET /values/function', 500, 'GET /values/:value', ['function', 'function boom() {}']],
  ['that is a proxy whose traps throw', 'GET /values/proxy', 500, 'GET /values/:value', ['object', undefined]],
  ['whose getters throw', 'GET /values/getters', 500, 'GET /values/:value', ['object', undefined]],
  ['that is circular', 'GET /values/circular', 500, 'GET /values/:value', ['object', '{"self":"[circular]"}']],
  ['of another realm', 'GET /values/foreign', 500, 'GET /values/:value', ['TypeError', 'from elsewhere']],
  ['that is frozen', 'GET /values/frozen', 500, 'GET /values/:value', ['Error', 'frozen']],
  ['without a name', 'GET /values/nameless', 500, 'GET /values/:value', ['Error', 'has no name']],
  ['that is a text, thrown', 'GET /thrown-values/text', 500, 'GET /thrown-values/:value', ['string', 'boom']],

  ['that a handler answers with 422', 'GET /handled/1', 422, 'GET /handled/:id', first],
  ['that a handler of the route answers', 'GET /handled-in-route/1', 503, 'GET /handled-in-route/:id', first],
  ['that goes through several handlers is one log', 'GET /twice/1', 500, 'GET /twice/:id', first],
  ['that is recovered from', 'GET /recovered/1', 200, 'GET /recovered/:other', first],
  ['that is recovered from, to no avail', 'GET /recovered-by-nobody/1', 404, 'GET', first],
  ['that is recovered from in middleware', 'GET /recovered-in-middleware/1', 200, 'GET', first],
  ['that another one replaces is a log beside it', 'GET /replaced/1', 500, 'GET /replaced/:id', first, second],
  ['that comes again after another one is one log', 'GET /again/1', 500, 'GET /again/:id', first, second],
  ['in an error handler', 'GET /thrown-by-handler/1', 500, 'GET /thrown-by-handler/:id', first, second],
  ['that a handler of the inner router answers', 'GET /inner/things/1', 409, 'GET /inner/things/:id', first],
  ['that a handler of the outer router answers', 'GET /outer/things/1', 410, 'GET /outer/things/:id', first],
  [
    'after error without end fills no span',
    'GET /many/1',
    500,
    'GET /many/:count',
    ...Array.from({ length: MOST_ERRORS }, (_, count): Logged => ['Error', `error ${count}`]),
  ],
  ["that is none: next('route')", 'GET /not-errors/1', 200, 'GET /not-errors/:other'],

  ['in a param callback', 'GET /router/failing/1', 500, 'GET /router/failing/:failing', ['Error', 'not loaded']],
  [
    'thrown in a param callback',
    'GET /router/throwing/1',
    500,
    'GET /router/throwing/:throwing',
    ['Error', 'cannot load'],
  ],
  [
    'in middleware after a route that was skipped',
    'GET /skipped/1',
    500,
    'GET',
    ['Error', 'after a route that was skipped'],
  ],
  ['in decoding, in a router', 'GET /router/decoded/%e0', 400, 'GET', ['URIError', "Failed to decode param '%e0'"]],
  ['in a sub-app', 'GET /sub/things/1', 500, 'GET /sub/things/:id', ['Error', 'in a sub-app']],
  [
    'that a sub-app answers',
    'GET /handling/things/1',
    400,
    'GET /handling/things/:id',
    ['Error', 'handled in a sub-app'],
  ],
  [
    'three routers deep',
    'GET /deep/between/1/deep/2',
    500,
    'GET /deep/between/:level/deep/:id',
    ['Error', 'three deep'],
  ],
]

/** What only Express 5 makes an error of the request. */
export const rejections: readonly Failure[] = [
  ['rejected', 'GET /rejected/1', 500, 'GET /rejected/:id', ['TypeError', 'rejected']],
  [
    'rejected with nothing',
    'GET /rejected-with-nothing/1',
    500,
    'GET /rejected-with-nothing/:id',
    ['Error', 'Rejected promise'],
  ],
  ['rejected with a text', 'GET /rejected-with-text/1', 500, 'GET /rejected-with-text/:id', ['string', 'boom']],
  [
    'passed on and then rejected is one log',
    'GET /passed-and-rejected/1',
    500,
    'GET /passed-and-rejected/:id',
    ['Error', 'passed on, then rejected'],
  ],
  ['rejected by middleware', 'GET /rejected-by-middleware/1', 500, 'GET', ['Error', 'rejected by middleware']],
  ['rejected by an error handler', 'GET /rejected-by-handler/1', 500, 'GET /rejected-by-handler/:id', first, second],
  [
    'rejected by a param callback',
    'GET /rejected-parameter/1',
    500,
    'GET /rejected-parameter/:rejecting',
    ['Error', 'not loaded'],
  ],
]
