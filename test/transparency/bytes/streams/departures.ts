import { chunked, get, post, type Streams } from './stream.js'

const requests = `${post(chunked)}4\r\nbody\r\n0\r\n\r\n${get()}`

/** Clients that leave in the middle of it. */
export const departures: Streams = {
  'half-closed after a request': [get(), { leave: 'end' }],
  'half-closed in a head': [get().slice(0, 20), { leave: 'end' }],
  'half-closed in a body': [`${post('Content-Length: 8')}body`, { leave: 'end' }],
  'reset before a request': [{ leave: 'reset' }],
  'reset in a head': [get().slice(0, 20), { leave: 'reset' }],
  'reset in a body': [`${post('Content-Length: 8')}body`, { leave: 'reset' }],
  'reset in a chunk': [`${post(chunked)}8\r\nbody`, { leave: 'reset' }],
  'reset after a request': [get(), { leave: 'reset' }],
  'reset after requests at once': [get().repeat(3), { leave: 'reset' }],
  'gone before a request': [{ leave: 'destroy' }],
  'gone in a head': [get().slice(0, 20), { leave: 'destroy' }],
  'gone after a request': [get(), { leave: 'destroy' }],
  ...Object.fromEntries(
    // In the method, the head, its end, a size, its chunk, the last chunk, and the next request.
    [3, 20, 58, 60, 64, 72, 80].flatMap((length) => [
      [`half-closed after ${length} bytes`, [requests.slice(0, length), { leave: 'end' }]],
      [`reset after ${length} bytes`, [requests.slice(0, length), { leave: 'reset' }]],
    ]),
  ),
}
