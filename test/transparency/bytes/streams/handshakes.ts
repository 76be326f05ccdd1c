import { get, head, host, post, type Streams } from './stream.js'

/** Expectations, upgrades and tunnels, which a server may know nothing of. */
export const handshakes: Streams = {
  'a body once it is asked for': [post('Expect: 100-continue', 'Content-Length: 4'), 'body'],
  'a body before it is asked for': [`${post('Expect: 100-continue', 'Content-Length: 4')}body${get()}`],
  'an expectation in odd spelling': [post('Expect: 100-CONTINUE', 'Content-Length: 0')],
  'an expectation without a body': [get('/', 'Expect: 100-continue')],
  'an expectation in HTTP/1.0': [`${head('POST / HTTP/1.0', 'Expect: 100-continue', 'Content-Length: 4')}body`],
  'an expectation that nobody knows': [get('/', 'Expect: meow')],
  'an expectation, and the client is gone': [post('Expect: 100-continue', 'Content-Length: 4'), { leave: 'reset' }],
  'an upgrade': [get('/', 'Connection: Upgrade', 'Upgrade: echo'), 'ping'],
  'an upgrade with bytes after it': [`${get('/', 'Connection: Upgrade', 'Upgrade: echo')}ping`],
  'an upgrade with a body': [`${post('Connection: Upgrade', 'Upgrade: echo', 'Content-Length: 4')}body`],
  'an upgrade to HTTP/2': [get('/', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: ')],
  'an upgrade that the connection does not name': [get('/', 'Upgrade: echo')],
  'an upgrade after a request': [`${get()}${get('/', 'Connection: Upgrade', 'Upgrade: echo')}ping`],
  'a tunnel': [head('CONNECT other:81 HTTP/1.1', host), 'ping'],
  'a tunnel with bytes after it': [`${head('CONNECT other:81 HTTP/1.1', host)}ping`],
  'a tunnel to nowhere': [head('CONNECT / HTTP/1.1', host)],
}
