import { get, head, host, type Streams } from './stream.js'

/** An app that ends connections when time is up would cut others short by chance. */
export const timeouts: Streams = {
  'a head that does not come': [get('/').slice(0, 10), { hear: /408/ }],
  'a body that does not come': [head('POST / HTTP/1.1', host, 'Content-Length: 4'), { hear: /408/ }],
  'a next request that does not come': [get('/'), { see: /^=socket 1 close/ }],
  'an answer that does not come': [get('/slow'), { see: /^=socket 1 close/ }],
  'an answer that comes late': [get('/slow-handled'), { see: /^=socket 1 close/ }],
}
