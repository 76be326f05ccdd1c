import { get, head, host, long, type Streams } from './stream.js'

/** Heads that are odd, or none. */
export const heads: Streams = {
  'empty lines before a request': [`\r\n\r\n${get()}`],
  'empty lines between requests': [`${get()}\r\n\r\n\r\n${get()}`],
  'line feeds alone': ['GET / HTTP/1.1\nHost: test\n\n'],
  'carriage returns alone': ['GET / HTTP/1.1\rHost: test\r\r'],
  'a folded header': [get('/', 'X-Folded: a', '  b', '\tc')],
  'a space before the colon': [get('/', 'X-Space : a')],
  'no colon': [get('/', 'X-None')],
  'no name': [get('/', ': a')],
  'no value': [get('/', 'X-Empty:', 'X-Blank:   ')],
  'a NUL in a value': [get('/', 'X-Nul: a\0b')],
  'a control character in a value': [get('/', 'X-Control: a\x01b')],
  'bytes above ASCII in a value': [get('/', 'X-Latin: \xe4\xff')],
  'a name that is none': [get('/', 'X(a): b')],
  'names from the prototype of objects': [get('/', '__proto__: a', 'constructor: b', 'toString: c')],
  'a header in lines of its own': [get('/', 'Accept: a', 'accept: b', 'Cookie: a=1', 'Cookie: b=2')],
  'no host': [head('GET / HTTP/1.1')],
  'two hosts': [get('/', 'Host: other')],
  'a host that is none': [head('GET / HTTP/1.1', 'Host: a b/@c?d')],
  'an empty host': [head('GET / HTTP/1.1', 'Host:')],
  'headers of 20 kB': [get('/', long('X-Long', 20_000))],
  'headers of 30 kB': [get('/', long('X-Long', 30_000))],
  'many headers': [get('/', ...Array.from({ length: 1_200 }, (_, index) => `A${index}: b`))],
  'more headers than are told of': [get('/', ...Array.from({ length: 2_400 }, () => 'a:b'))],
  'a target of 20 kB': [head(`GET /${'x'.repeat(20_000)} HTTP/1.1`, host)],
}
