import { chunked, close, get, post, type Streams } from './stream.js'

/** What two servers in a row may take for different requests. */
export const smuggling: Streams = {
  'smuggled by length, then chunks': [`${post('Content-Length: 6', chunked)}0\r\n\r\nG${get()}`],
  'smuggled by chunks, then length': [
    `${post(chunked, 'Content-Length: 4')}20\r\nGPOST / HTTP/1.1\r\nHost: test\r\n\r\n\r\n0\r\n\r\n`,
  ],
  'smuggled by two encodings': [`${post(chunked, 'Transfer-Encoding: identity')}0\r\n\r\n${get()}`],
  'smuggled by an obscure encoding': [`${post('Transfer-Encoding: xchunked')}0\r\n\r\n${get()}`],
  'smuggled by an encoding with a tab': [`${post('Transfer-Encoding:\tchunked')}0\r\n\r\n${get()}`],
  'smuggled by an encoding before a space': [`${post('Transfer-Encoding : chunked')}0\r\n\r\n${get()}`],
  'smuggled by an encoding on a folded line': [`${post('X: y', ' Transfer-Encoding: chunked')}0\r\n\r\n${get()}`],
  'smuggled by chunks that are not last': [`${post('Transfer-Encoding: chunked, gzip')}0\r\n\r\n${get()}`],
  'an encoding before chunks': [`${post('Transfer-Encoding: gzip, chunked')}0\r\n\r\n${get()}`],
  'smuggled by two lengths': [`${post('Content-Length: 4', 'Content-Length: 5')}body${get()}`],
  'two lengths that agree': [`${post('Content-Length: 4', 'Content-Length: 4')}body${get()}`],
  'a list of lengths': [`${post('Content-Length: 4, 4')}body${get()}`],
  'a length with a sign': [`${post('Content-Length: +4')}body${get()}`],
  'a length in hex': [`${post('Content-Length: 0x4')}body${get()}`],
  'a length of 80 bits': [`${post('Content-Length: 99999999999999999999999')}body`],
  'a body that is longer than it says': [`${post('Content-Length: 2')}body`],
  'a body that is shorter than it says': [`${post('Content-Length: 8')}body`, { leave: 'end' }],
  'a second request in the body of the first': [`${post(`Content-Length: ${get().length}`)}${get()}${get('/', close)}`],
}
