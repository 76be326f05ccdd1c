import { close, get, head, host, post, type Streams } from './stream.js'

/** Several requests at once. */
export const pipelines: Streams = {
  'three requests at once': [`${get('/1')}${get('/2')}${get('/3', close)}`],
  'five requests at once': [get().repeat(5)],
  'requests of all kinds at once': [
    `${get()}${post('Content-Length: 4')}body${head('HEAD / HTTP/1.1', host)}${get('/', close)}`,
  ],
  'requests after one that closes': [`${get('/', close)}${get()}`],
  'requests around a malformed one': [`${get()}NONSENSE\r\n\r\n${get()}`],
  'requests around one that is cut off': [`${get()}GET / HT`, { leave: 'end' }],
  'requests in one and a half pieces': [`${get()}${get().slice(0, 20)}`, `${get().slice(20)}${get('/', close)}`],
  'a request while another is on its way': [post('Content-Length: 4'), `body${get()}`],
}
