import { chunked, head, long, post, type Streams } from './stream.js'

/** Bodies in chunks, whole and broken. */
export const chunks: Streams = {
  chunks: [`${post(chunked)}4\r\nbody\r\n0\r\n\r\n`],
  'chunks that come later': [post(chunked), '4\r\nbo', 'dy\r\n', '0\r\n', '\r\n'],
  'chunks byte by byte': [post(chunked), { slowly: '4\r\nbody\r\n0\r\n\r\n' }],
  'chunks with sizes in all spellings': [
    `${post(chunked)}00004\r\nbody\r\n0A\r\n0123456789\r\na\r\n0123456789\r\n000\r\n\r\n`,
  ],
  'chunks with extensions': [`${post(chunked)}4;name=value;quoted="a;b"\r\nbody\r\n0;last\r\n\r\n`],
  'chunks with trailers': [`${post(chunked, 'Trailer: X-Sum')}4\r\nbody\r\n0\r\nX-Sum: 42\r\nX-Sum: 43\r\n\r\n`],
  'chunks with a forbidden trailer': [`${post(chunked)}4\r\nbody\r\n0\r\nContent-Length: 4\r\nHost: other\r\n\r\n`],
  'chunks with a malformed trailer': [`${post(chunked)}4\r\nbody\r\n0\r\nX Sum\r\n\r\n`],
  'chunks that never end': [`${post(chunked)}4\r\nbody\r\n`, { leave: 'end' }],
  'a chunk that is cut off': [`${post(chunked)}8\r\nbody`, { leave: 'end' }],
  'a chunk without its line end': [`${post(chunked)}4\r\nbodyX0\r\n\r\n`],
  'a chunk with line feeds alone': [`${post(chunked)}4\nbody\n0\n\n`],
  'a chunk of a size that is none': [`${post(chunked)}4x\r\nbody\r\n0\r\n\r\n`],
  'a chunk of a negative size': [`${post(chunked)}-4\r\nbody\r\n0\r\n\r\n`],
  'a chunk of no size': [`${post(chunked)}\r\nbody\r\n0\r\n\r\n`],
  'a chunk of 64 bits': [`${post(chunked)}ffffffffffffffff\r\nbody`],
  'a chunk of 80 bits': [`${post(chunked)}ffffffffffffffffffff\r\nbody`],
  'a chunk with a long extension': [`${post(chunked)}4;${'x'.repeat(20_000)}\r\nbody\r\n0\r\n\r\n`],
  'trailers of 20 kB': [`${post(chunked)}0\r\n${long('X-Long', 20_000)}\r\n\r\n`],
  'chunks in HTTP/1.0': [`${head('POST / HTTP/1.0', chunked)}4\r\nbody\r\n0\r\n\r\n`],
}
