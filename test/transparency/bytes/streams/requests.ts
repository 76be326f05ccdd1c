import { close, get, head, host, long, post, type Streams } from './stream.js'

/** Requests as they should be. */
export const requests: Streams = {
  'a request': [get()],
  'a request that closes': [get('/', close)],
  'a request with a query': [get('/path?a=1&b=%20#x')],
  'a request of HTTP/1.0': ['GET / HTTP/1.0\r\n\r\n'],
  'requests of HTTP/1.0 on one connection': [
    head('GET /1 HTTP/1.0', 'Connection: keep-alive'),
    head('GET /2 HTTP/1.0', 'Connection: keep-alive'),
  ],
  HEAD: [head('HEAD / HTTP/1.1', host)],
  'HEAD that closes': [head('HEAD / HTTP/1.1', host, close)],
  'HEAD of HTTP/1.0': [head('HEAD / HTTP/1.0')],
  methods: ['PUT', 'DELETE', 'PATCH', 'PROPFIND', 'M-SEARCH', 'TRACE'].map((method) =>
    head(`${method} / HTTP/1.1`, host),
  ),
  'OPTIONS of a path': [head('OPTIONS / HTTP/1.1', host)],
  'OPTIONS of the server': [head('OPTIONS * HTTP/1.1', host)],
  'one request after the other': [get(), get(), get('/', close)],
  'a body': [`${post('Content-Length: 4')}body`],
  'a body that comes later': [post('Content-Length: 4'), 'bo', 'dy'],
  'a body of no bytes': [post('Content-Length: 0')],
  'a body of a GET': [`${get('/', 'Content-Length: 4')}body`],
  'a body of 200 kB': [post('Content-Length: 200000'), ...Array.from({ length: 10 }, () => 'x'.repeat(20_000))],
  'a head byte by byte': [{ slowly: get('/slow') }],
  'a body byte by byte': [post('Content-Length: 4'), { slowly: 'body' }],
  'the context of a trace': [get('/', 'uber-trace-id: 1:2:0:1', 'uberctx-key: value')],
  'the context of a trace, malformed': [
    get('/', 'uber-trace-id: %ZZ', 'traceparent: 00-0-0-zz', 'uberctx-%ZZ: %ZZ', 'b3: 1-1-1-1-1-1'),
  ],
  'the context of a trace, twice and long': [
    get('/', 'traceparent: x', 'Traceparent: y', long('baggage', 4_000), long('uberctx-a', 4_000)),
  ],
}
