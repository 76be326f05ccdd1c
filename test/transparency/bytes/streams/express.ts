import { close, get, head, host, type Streams } from './stream.js'

/** What both releases of Express are asked. */
export const express: Streams = {
  'a route of a mounted router': [get('/acme/users/7')],
  'a route of a mounted router, escaped': [get('/a%20b/users/%c3%a9'), get('/acme/users/%zz')],
  'an answer without a body': [head('DELETE /acme/users/7 HTTP/1.1', host)],
  'a method that no route has': [head('PATCH /acme/users/7 HTTP/1.1', host)],
  'the methods that a route has': [head('OPTIONS /acme/users/7 HTTP/1.1', host)],
  'an error of a parameter': [get('/acme/users/0')],
  'a path that no route has': [get('/nothing/here')],
  JSON: [jsonRequest('{"a":[1,2]}')],
  'JSON in chunks': [
    head('POST /json HTTP/1.1', host, 'Content-Type: application/json', 'Transfer-Encoding: chunked'),
    '5\r\n{"a":\r\n',
    '2\r\n1}\r\n',
    '0\r\n\r\n',
  ],
  'JSON that is none': [jsonRequest('{"a":')],
  'JSON that is too much': [jsonRequest(`"${'x'.repeat(2_000)}"`), get('/')],
  'JSON that is cut off': [jsonRequest('{"a":1}').slice(0, -3), { leave: 'end' }],
  'JSON whose client is gone': [jsonRequest('{"a":1}').slice(0, -3), { leave: 'reset' }],
  'a form': [
    `${head('POST /form HTTP/1.1', host, 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 7')}a=1&b=2`,
  ],
  'text that is asked for': [head('POST /text HTTP/1.1', host, 'Content-Length: 4', 'Expect: 100-continue'), 'body'],
  'an error that is thrown': [get('/throw'), get('/')],
  'an error that is passed on': [get('/next'), get('/')],
  'an error in the middle of an answer': [get('/half')],
  'a redirect': [get('/redirect')],
  'a file': [get('/static/bare.js'), { hear: /perform\(server\)/ }],
  'a part of a file': [get('/static/bare.js', 'Range: bytes=0-4'), { hear: /206.*const$/s }],
  'a part that a file has not': [get('/static/bare.js', 'Range: bytes=90000-'), { hear: /416.*\r\n\r\n/s }],
  'the head of a file': [head('HEAD /static/bare.js HTTP/1.1', host), { hear: /200.*\r\n\r\n/s }],
  'a file that is not there': [get('/static/none.js'), { hear: /404.*\r\n\r\n/s }],
  'a condition that is met': [get('/', 'If-None-Match: *')],
  'routes at once': [`${get('/acme/users/7')}${get('/throw')}${jsonRequest('{}')}${get('/', close)}`],
}

function jsonRequest(text: string): string {
  return head('POST /json HTTP/1.1', host, 'Content-Type: application/json', `Content-Length: ${text.length}`) + text
}
