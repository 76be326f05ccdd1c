/** What is no `Error`, or hardly one. */
module.exports = (app) => {
  const values = {
    text: 'boom',
    number: 7,
    bigint: 7n,
    true: true,
    symbol: Symbol('boom'),
    object: { code: 7 },
    array: [1, 2],
    bare: Object.assign(Object.create(null), { code: 8 }),
    function: function boom() {},
    proxy: new Proxy({}, { get: refuse, has: refuse, getPrototypeOf: refuse, ownKeys: refuse }),
    getters: Object.defineProperties(new Error(), { message: { get: refuse }, name: { get: refuse } }),
    circular: circular(),
    foreign: require('node:vm').runInNewContext('new TypeError("from elsewhere")'),
    frozen: Object.freeze(new Error('frozen')),
    nameless: Object.assign(new Error('has no name'), { name: undefined }),
  }
  app.get('/values/:value', (req, _res, next) => next(values[req.params.value]))
  app.get('/thrown-values/:value', (req) => {
    throw values[req.params.value]
  })
  app.use(['/values', '/thrown-values'], (_err, _req, res, _next) => {
    res.statusCode = 500
    res.end('an odd error')
  })
}

function refuse() {
  throw new Error('hands off')
}

function circular() {
  const value = {}
  value.self = value
  return value
}
