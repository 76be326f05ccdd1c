const http = require('node:http')
const https = require('node:https')
const net = require('node:net')
const tls = require('node:tls')
const { readFileSync } = require('node:fs')
const { once } = require('node:events')
const { inspect, promisify } = require('node:util')
const { urlToHttpOptions } = require('node:url')

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok'
const wire = []

/** Keeps what it is sent, byte for byte, and answers when a request is complete. */
function listen(socket) {
  let received = ''
  wire.push('')
  const at = wire.length - 1
  socket.on('error', () => {})
  socket.setEncoding('latin1').on('data', (text) => {
    received += text
    if (received.startsWith('\x16')) return socket.destroy()
    wire[at] = received
    const [head, body] = received.split(/\r\n\r\n(.*)/s)
    const length = /^content-length: (\d+)/im.exec(head)?.[1]
    const isChunked = /^transfer-encoding: chunked/im.test(head)
    if (
      body === undefined ||
      (length && body.length < Number(length)) ||
      (isChunked && !/0\r\n(.+\r\n)*\r\n$/.test(body))
    )
      return
    if (/^upgrade: /im.test(head)) socket.end('HTTP/1.1 101 Go on\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
    else if (head.startsWith('GET /destroy')) socket.destroy()
    else if (head.startsWith('GET /half')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf')
    else if (head.startsWith('HEAD')) socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n')
    else socket.end(ANSWER)
  })
}

class Counting {
  reads = []
  constructor(values) {
    for (const [name, value] of Object.entries(values)) {
      Object.defineProperty(this, name, {
        enumerable: true,
        get() {
          this.reads.push(name)
          return value
        },
      })
    }
  }
}

const bare = (values) => Object.assign(Object.create(null), values)
const frozen = (values) => Object.freeze({ ...values, headers: Object.freeze(values.headers ?? {}) })

/** Each answers the arguments of a call, or makes the call itself. */
const shapes = (port, sslPort) => {
  const host = '127.0.0.1'
  const to = (options = {}) => ({ host, port, ...options })
  const safe = (options = {}) => ({ host, port: sslPort, rejectUnauthorized: false, ...options })
  const url = `http://127.0.0.1:${port}`
  return {
    'a text': () => [`${url}/text?a=1`],
    'a text with credentials': () => [`http://us%20er:p%40ss@127.0.0.1:${port}/`],
    'a text and options': () => [`${url}/`, { headers: { 'X-A': '1' } }],
    'a text and options that win': () => [`${url}/`, { path: '/won', method: 'PUT' }],
    'a text and undefined': () => [`${url}/`, undefined],
    'a text and null': () => [`${url}/`, null],
    'a URL': () => [new URL(`${url}/url?a=1#b`)],
    'a URL and options': () => [new URL(`${url}/url`), { headers: { a: 'b' } }],
    'a URL with credentials': () => [new URL(`http://user:pass@127.0.0.1:${port}/`)],
    'a URL with a host of IPv6 that nobody serves': () => ['http://[::1]:1/'],
    options: () => [to()],
    'options of urlToHttpOptions': () => [urlToHttpOptions(new URL(`${url}/to?x=1`))],
    'urlToHttpOptions spread': () => [{ ...urlToHttpOptions(new URL(`${url}/to`)), headers: { a: '1' } }],
    'options without a prototype': () => [bare({ host, port, headers: bare({ a: '1' }) })],
    'frozen options': () => [frozen(to({ headers: { a: '1' } }))],
    'options with getters': () => [new Counting(to({ path: '/getters', headers: { a: '1' } }))],
    'headers with getters': () => [to({ headers: new Counting({ a: '1', b: '2' }) })],
    'inherited options': () => [Object.create(to({ path: '/inherited' }))],
    'a proxy': () => [new Proxy(to({ path: '/proxy' }), {})],
    'options as an array': () => [Object.assign([], to())],
    'hostname and host': () => [{ hostname: host, host: 'example.test', port }],
    'a port that is a text': () => [to({ port: String(port) })],
    'a default port': () => [to({ defaultPort: port, port: undefined })],
    'a path with a query': () => [to({ path: '/a/b?c=d&e' })],
    'the path *': () => [to({ method: 'OPTIONS', path: '*' })],
    'a method in lower case': () => [to({ method: 'post' })],
    'a method of WebDAV': () => [to({ method: 'PROPFIND' })],
    'HEAD ': () => [to({ method: 'HEAD' })],
    DELETE: () => [to({ method: 'DELETE' })],
    'CONNECT that is answered': () => [to({ method: 'CONNECT', path: 'example.test:443' })],
    auth: () => [to({ auth: 'user:pass' })],
    timeout: () => [to({ timeout: 5_000 })],
    'no host header': () => [to({ setHost: false })],
    'no host header, no agent': () => [to({ setHost: false, agent: false })],
    'another host header': () => [to({ headers: { Host: 'example.test' } })],
    'no agent': () => [to({ agent: false })],
    'an agent of its own': () => [to({ agent: new http.Agent({ maxSockets: 1 }) })],
    'an agent that keeps alive': () => [to({ agent: new http.Agent({ keepAlive: true }) })],
    'an agent that is none': () => [to({ agent: {} })],
    'a connection of its own': () => [to({ createConnection: () => net.connect(port, host) })],
    'a connection of its own, later': () => [
      to({ createConnection: (_options, done) => void setImmediate(() => done(null, net.connect(port, host))) }),
    ],
    'a connection that throws': () => [
      to({
        agent: new http.Agent(),
        createConnection() {
          throw new Error('no connection')
        },
      }),
    ],
    'a signal': () => [to({ signal: new AbortController().signal })],
    'a signal that is aborted': () => [to({ signal: AbortSignal.abort() })],
    'unique headers': () => [to({ uniqueHeaders: ['x-a'], headers: { 'x-a': ['1', '2'] } })],
    'headers as an object': () => [to({ headers: { 'X-Mixed-Case': '1', accept: ['a', 'b'], 'x-n': 7 } })],
    'headers as a flat list': () => [to({ headers: ['X-A', '1', 'x-a', '2', 'Host', 'h'] })],
    'headers as a frozen list': () => [to({ headers: Object.freeze(['X-A', '1', 'Host', 'h']) })],
    'headers as pairs': () => [
      to({
        headers: [
          ['X-A', '1'],
          ['x-a', ['2', '3']],
          ['Host', 'h'],
        ],
      }),
    ],
    'headers as an empty list': () => [to({ headers: [] })],
    'headers as a list of odd length': () => [to({ headers: ['X-A'] })],
    'headers as a list with a bad name': () => [to({ headers: ['X A', '1'] })],
    'headers as Headers': () => [to({ headers: new Headers({ a: '1' }) })],
    'headers as a Map': () => [to({ headers: new Map([['a', '1']]) })],
    'headers that are null': () => [to({ headers: null })],
    'headers that are a text': () => [to({ headers: 'abc' })],
    'a bad header name': () => [to({ headers: { 'a b': '1' } })],
    'a bad header value': () => [to({ headers: { a: 'b\r\nc: d' } })],
    'an undefined header value': () => [to({ headers: { a: undefined } })],
    'a header __proto__': () => [to({ headers: JSON.parse('{"__proto__":"x","constructor":"y"}') })],
    'Expect in an object': () => [to({ method: 'POST', headers: { Expect: '100-continue', 'Content-Length': 0 } })],
    'Expect in a list': () => [to({ method: 'POST', headers: ['Host', 'h', 'Expect', '100-continue'] })],
    'Connection: close': () => [to({ headers: { connection: 'close' } })],
    'an upgrade nobody wants': () => [to({ headers: { Connection: 'Upgrade', Upgrade: 'x' } })],
    'a signed request': () => [to({ headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a' } })],
    'a signed list of headers': () => [to({ headers: ['Host', 'h', 'Authorization', 'AWS4-HMAC-SHA256 a'] })],
    'a signed URL': () => [`${url}/?X-Amz-Signature=abc`],
    'a trace of its own': () => [to({ headers: { 'Uber-Trace-Id': '1:2:0:1' } })],
    'a trace of its own in a list': () => [to({ headers: ['Host', 'h', 'UBER-TRACE-ID', '1:2:0:1'] })],
    'nobody listens': () => [`http://127.0.0.1:1/`],
    'a host that is not there': () => ['http://nowhere.invalid/'],
    'the server hangs up': () => [to({ path: '/destroy' })],
    'the server hangs up half way': () => [to({ path: '/half' })],
    'an invalid URL': () => ['no url'],
    'an empty text': () => [''],
    'another protocol': () => [`https://127.0.0.1:${port}/`],
    'a protocol that nobody knows': () => [{ protocol: 'gopher:', host }],
    'a path with blanks': () => [to({ path: '/a b' })],
    'a method that is none': () => [to({ method: 'A B' })],
    'a method that is a number': () => [to({ method: 7 })],
    'a hostname that is a number': () => [{ hostname: 1 }],
    'a host that is an object': () => [{ host: {} }],
    'a port that is too high': () => [to({ port: 99_999 })],
    'an agent that is a text': () => [to({ agent: 'agent' })],
    'insecureHTTPParser that is a text': () => [to({ insecureHTTPParser: 'yes' })],
    'a callback that is none': () => [to(), 'callback'],
    'a symbol': () => [Symbol('url')],
    'written in pieces': () => {
      const req = http.request(to({ method: 'POST' }))
      req.write('a')
      req.write(Buffer.from('b'))
      return req
    },
    'written at once': () => {
      const req = http.request(to({ method: 'POST' }))
      req.end('body')
      return req
    },
    'headers set later': () => {
      const req = http.request(to())
      req.setHeader('X-Later', '1')
      req.removeHeader('host')
      req.setHeader('Host', 'later')
      return req
    },
    'headers flushed': () => {
      const req = http.request(to({ headers: { a: '1' } }))
      req.flushHeaders()
      return req
    },
    trailers: () => {
      const req = http.request(to({ method: 'POST', headers: { Trailer: 'x-sum' } }))
      req.write('body')
      req.addTrailers({ 'x-sum': '1' })
      return req
    },
    'a header that is set too late': () => {
      const req = http.request(to())
      req.end()
      req.setHeader('a', '1')
      return req
    },
    'destroyed at once': () => http.request(to()).destroy(),
    'destroyed with an error': () => http.request(to()).destroy(new Error('given up')),
    'aborted at once': () => {
      const req = http.request(to())
      req.abort()
      return req
    },
    'the class itself': () => new http.ClientRequest(to({ path: '/class' })),
    'a subclass': () => new (class Mine extends http.ClientRequest {})(to({ path: '/subclass' })),
    'http.get of options': () => http.get(to()),
    'http.get of a text': () => http.get(`${url}/`),
    'http.get of POST': () => http.get(to({ method: 'POST' })),
    'http.get of a symbol': () => http.get(Symbol('url')),
    'http.get without this': () => {
      const { get } = http
      return get(to())
    },
    'https.request of options': () => https.request(safe()),
    'https.request of a text': () => https.request(`https://127.0.0.1:${sslPort}/s?a=1`, { rejectUnauthorized: false }),
    'https.request of a list': () => https.request(safe({ headers: ['Host', 'h', 'a', 'b'] })),
    'https.request of frozen options': () => https.request(frozen(safe())),
    'https.request to a certificate nobody trusts': () => https.request(safe({ rejectUnauthorized: true })),
    'https.request to a server without TLS': () => https.request(safe({ port })),
    'https.get of options': () => https.get(safe()),
    'https.get of a URL': () => https.get(new URL(`https://127.0.0.1:${sslPort}/`), { rejectUnauthorized: false }),
    'https.get of http': () => https.get(`${url}/`),
  }
}

/** The shape that is played. */
let seen
process.on('uncaughtException', ({ name, message }) => seen.events.push(`uncaught ${name}: ${message}`))

/** What an app can see of a call. */
async function play(title, make) {
  seen = { title, events: [] }
  wire.length = 0
  let args
  let req
  try {
    const made = make()
    args = Array.isArray(made) ? made : undefined
    req = args ? http.request(...args) : made
  } catch (error) {
    seen.thrown = [error?.name, error?.code, error?.message]
  }
  if (req !== undefined) {
    seen.before = [req.method, req.path, req.host, req.protocol, Object.keys(req).sort(), listeners(req)]
    for (const event of ['socket', 'finish', 'abort', 'timeout', 'close', 'response', 'error', 'continue', 'connect']) {
      if (event === 'connect' || event === 'continue') continue
      req.on(event, (subject) => {
        seen.events.push(event)
        if (event === 'error') seen.error = [subject.name, subject.code, subject.message]
        if (event !== 'response') return
        seen.status = subject.statusCode
        seen.answer = [Object.keys(subject).sort(), listeners(subject)]
        subject.on('error', (error) => seen.events.push(`answer ${error.code}`))
        subject.on('end', () => seen.events.push('answer end')).resume()
      })
    }
    const closed = req.closed || new Promise((resolve) => req.on('close', resolve))
    req.end()
    await closed
    seen.headers = Object.entries(req.getHeaders())
    seen.after = listeners(req)
    req.socket?.destroy()
  }
  await promisify(setImmediate)()
  seen.arguments = inspect(args, { depth: 4, showHidden: true, customInspect: false })
  seen.wire = [...wire]
  return seen
}

function listeners(emitter) {
  return emitter.eventNames().map((name) => `${String(name)} ${emitter.listenerCount(name)}`)
}

async function main() {
  const server = net.createServer(listen).listen(0, '127.0.0.1')
  const secure = tls.createServer({ key: readFileSync(process.env.KEY), cert: readFileSync(process.env.CERT) }, listen)
  secure.on('tlsClientError', () => {}).listen(0, '127.0.0.1')
  await Promise.all([once(server, 'listening'), once(secure, 'listening')])
  const ports = [server.address().port, secure.address().port]
  const all = Object.entries(shapes(...ports))
  const results = []
  for (const [title, make] of all) results.push(await play(title, make))
  for (const name of ['request', 'get']) {
    for (const library of [http, https]) {
      const method = library[name]
      const descriptor = Object.getOwnPropertyDescriptor(library, name)
      results.push({
        title: `the function ${name}`,
        method: [method.name, method.length, `${method}`, inspect(descriptor)],
      })
    }
  }
  const text = JSON.stringify(results, (_key, value) => (value === undefined ? 'undefined' : value))
  console.log(text.replaceAll(String(ports[0]), 'PORT').replaceAll(String(ports[1]), 'SSLPORT'))
  server.close()
  secure.close()
}

main()
