const { createRequire } = require('node:module')
const use = require('./use.js')

const load = createRequire(__filename)

// Ways to load http, and what each yields.
const ways = {
  'require("http")': () => load('http'),
  'require("node:http")': () => require('node:http'),
  'require after https': () => require('node:https') && require('node:http'),
  'require after http2': () => require('node:http2') && require('node:http'),
  'module.require': () => module.require('http'),
  'process.getBuiltinModule': () => process.getBuiltinModule('http'),
  'its parts': () => ({
    get: (options) => new (load('_http_client').ClientRequest)(options).end(),
    createServer: (listener) => new (load('_http_server').Server)(listener),
  }),
  'import()': () => import('node:http'),
  'import() after https': () => import('node:https').then(() => import('node:http')),
  'import() of a module': () => void import('./imports.mjs'),
  'require of a module': () => void require('./imports.mjs'),
  'behind methods of its own'() {
    const http = require('node:http')
    for (const { prototype } of [http.Server, http.IncomingMessage, http.ServerResponse, http.ClientRequest]) {
      const { emit } = prototype
      prototype.emit = function (...args) {
        return emit.apply(this, args)
      }
    }
    return http
  },
}

const [, , way] = process.argv
const loaded = ways[way]()
if (loaded instanceof Promise) loaded.then((http) => use(http.default ?? http))
else if (loaded !== undefined) use(loaded)
