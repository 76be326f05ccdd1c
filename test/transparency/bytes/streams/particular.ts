import { express } from './express.js'
import { get, head, host, type Streams } from './stream.js'

/** By app, what is only of interest there. */
export const particular: Readonly<Record<string, Streams>> = {
  unread: {
    'no content': [get('/empty'), get('/')],
    'not modified': [get('/not-modified', 'If-None-Match: "1"'), get('/')],
    'a length': [get('/length'), get('/')],
    'headers as pairs': [get('/pairs')],
    'an answer of many packets': [get('/large'), { hear: /(large ){2000}/ }],
    'a body that nobody reads, and more': [`${head('POST / HTTP/1.1', host, 'Content-Length: 4')}body${get('/')}`],
    'a body that nobody reads, and a close': [`${head('POST /close HTTP/1.1', host, 'Content-Length: 4')}body`],
    'a body that nobody waits for': [head('POST /close HTTP/1.1', host, 'Content-Length: 4')],
  },
  'client-errors': {
    'as many requests as there may be': [get('/'), get('/'), get('/')],
    'more requests than there may be': [get('/'), get('/'), get('/'), get('/')],
    'more requests at once than there may be': [get('/').repeat(5)],
  },
  'express-4': express,
  'express-5': {
    ...express,
    'a promise that is rejected': [get('/reject'), get('/')],
    'a promise that is rejected after the answer': [get('/reject-late'), get('/')],
  },
  events: {
    'events until the client leaves': [get('/'), { tell: 'more' }, { tell: 'more' }, { leave: 'end' }],
    'events until the client is gone': [get('/'), { tell: 'more' }, { leave: 'reset' }],
    'events until the server has said all': [get('/'), { tell: 'more' }, { tell: 'last' }, get('/')],
    'events for two': [
      { send: get('/'), on: 0 },
      { send: get('/'), on: 1 },
      { tell: 'more' },
      { leave: 'destroy', on: 0 },
      { tell: 'more' },
    ],
    'events in HTTP/1.0': ['GET / HTTP/1.0\r\n\r\n', { tell: 'more' }, { tell: 'last' }],
    'requests behind events': [get('/'), get('/'), { tell: 'last' }],
    'a client that is gone behind events': [get('/').repeat(2), { leave: 'reset' }],
  },
  trailers: {
    'trailers there and back': [
      `${head('POST / HTTP/1.1', host, 'TE: trailers', 'Transfer-Encoding: chunked')}2\r\nok\r\n0\r\nX-A: 1\r\nX-B: 2\r\n\r\n`,
    ],
    'trailers of several at once': [
      `${head('POST / HTTP/1.1', host, 'Transfer-Encoding: chunked')}2\r\nok\r\n0\r\nX-A: 1\r\n\r\n`.repeat(3),
    ],
    'a body that comes back piece by piece': [
      head('POST / HTTP/1.1', host, 'Content-Length: 6'),
      'one',
      { hear: /one/ },
      'two',
    ],
    'no trailers in HTTP/1.0': [`${head('POST / HTTP/1.0', 'Content-Length: 2')}ok`],
  },
  expectations: {
    'a body that is asked for': [expect('/'), { hear: /100 Continue/ }, 'body', get('/')],
    'a body that is refused': [expect('/refuse')],
    'a body that is not waited for': [expect('/ignore'), 'body', get('/')],
    'an expectation that becomes a request': [expect('/emit'), { hear: /100 Continue/ }, 'body', get('/')],
    'another expectation that becomes a request': [get('/emit', 'Expect: meow'), get('/')],
    'another expectation': [get('/', 'Expect: meow'), get('/')],
    'expectations at once': [`${expect('/')}body${expect('/')}body${get('/')}`],
    'a body that is asked for, of a client that is gone': [expect('/'), { hear: /100 Continue/ }, { leave: 'reset' }],
  },
  upgrades: {
    'an upgrade, and talk': [upgrade('/'), { hear: /101/ }, 'ping', { hear: /ping/ }, 'pong', { hear: /pong/ }],
    'an upgrade in the middle of it': [get('/'), `${upgrade('/')}ping`, { hear: /ping/ }],
    'an upgrade that is refused': [upgrade('/refuse')],
    'an upgrade that is refused by a response': [upgrade('/response')],
    'an upgrade that ends in silence': [upgrade('/destroy')],
    'an upgrade that is answered late': [upgrade('/late'), 'ping', { tell: 'accept' }, { hear: /ping/ }],
    'an upgrade in parts': [upgrade('/in-parts')],
    'an upgrade whose client is gone': [upgrade('/'), { hear: /101/ }, { leave: 'reset' }],
    'upgrades of two': [
      { send: upgrade('/late'), on: 0 },
      { send: upgrade('/late'), on: 1 },
      { tell: 'accept' },
      { send: 'ping', on: 1 },
      { hear: /ping/, on: 1 },
    ],
  },
  tunnels: {
    'a tunnel, and talk': [
      head('CONNECT db:5432 HTTP/1.1', 'Host: db:5432'),
      { hear: /200/ },
      'ping',
      { hear: /ping/ },
    ],
    'a tunnel after a request': [get('/'), `${head('CONNECT db:5432 HTTP/1.1', host)}ping`, { hear: /ping/ }],
    'a tunnel that is refused': [head('CONNECT refused:1 HTTP/1.1', host)],
    'a tunnel that ends in silence': [head('CONNECT destroyed:1 HTTP/1.1', host)],
    'a tunnel whose client is gone': [head('CONNECT db:1 HTTP/1.1', host), { hear: /200/ }, { leave: 'reset' }],
    'a tunnel of HTTP/1.0': [head('CONNECT db:1 HTTP/1.0'), 'ping', { hear: /ping/ }],
    'a request through a proxy': [get('http://other:81/path?a=1'), get('http://other/')],
  },
  hints: {
    'a word that the app gives itself': [get('/continue'), { hear: /ted/ }],
    'words at once': [get('/').repeat(3), { hear: /(hin.*?ted.*?){3}/s }],
    'words, and the client is gone': [get('/'), { leave: 'reset' }],
  },
  pipeline: {
    'answers in the order of requests': [`${get('/1')}${get('/2')}${get('/3')}`, { hear: /\/3\n/ }],
    'an answer that waits for another': [`${get('/1')}${get('/2')}`, { tell: 'answer' }, get('/3'), { tell: 'answer' }],
    'requests that come while others wait': [get('/1'), get('/2'), { tell: 'answer' }, { hear: /\/2\n/ }],
    'requests whose client leaves': [`${get('/1')}${get('/2')}`, { leave: 'end' }, { tell: 'answer' }],
    'requests whose client is gone': [`${get('/1')}${get('/2')}`, { leave: 'reset' }, { tell: 'answer' }],
    'a first answer that closes': [`${get('/close')}${get('/2')}`, { tell: 'answer' }],
    'a second answer that closes': [`${get('/1')}${get('/close')}${get('/3')}`],
    'bodies that nobody reads': [
      `${head('POST /unread HTTP/1.1', host, 'Content-Length: 4')}body${get('/2')}`,
      { tell: 'answer' },
    ],
    'requests of two': [
      { send: get('/1').repeat(2), on: 0 },
      { send: get('/2'), on: 1 },
      { hear: /\/2\n/, on: 1 },
    ],
  },
  destroyers: Object.fromEntries(
    [
      ...['/res', '/res-error', '/req', '/req-error', '/socket', '/socket-end', '/reset', '/ended', '/twice', '/late'],
      ...['/head', '/detach'],
    ].flatMap((target) => [
      [target, [get(target)]],
      [`${target} with requests behind it`, [`${get(target)}${get('/')}${get('/')}`]],
      [`${target} with a body on its way`, [`${head(`POST ${target} HTTP/1.1`, host, 'Content-Length: 8')}body`]],
    ]),
  ),
  drain: {
    'idle connections that are closed': [
      { send: get('/'), on: 0 },
      { send: get('/hold'), on: 1 },
      { tell: 'closeIdle' },
      { tell: 'answer' },
      { hear: /held/, on: 1 },
    ],
    'a busy connection that is closed with all others': [get('/hold'), { tell: 'closeAll' }, { tell: 'answer' }],
    'an idle connection that is closed with all others': [get(), { tell: 'closeAll' }],
    'an answer that is the last': [`${get('/last')}${get('/')}`],
    'an answer that comes after the client': [get('/hold'), { leave: 'end' }, { tell: 'answer' }],
    'an answer that comes after the client is gone': [get('/hold'), { leave: 'reset' }, { tell: 'answer' }],
    'requests behind an answer': [
      `${get('/hold')}${get('/')}${get('/')}`,
      { tell: 'answer' },
      { hear: /(served.*){2}/s },
    ],
  },
  lenient: {
    'an answer to a client that has said all': [get('/'), { leave: 'end' }],
    'answers to a client that has said all': [get('/1').repeat(3), { leave: 'end' }],
    'a body to the end of the connection': [`${head('POST / HTTP/1.0')}body`, { leave: 'end' }],
  },
}

function expect(target: string): string {
  return head(`POST ${target} HTTP/1.1`, host, 'Expect: 100-continue', 'Content-Length: 4')
}

function upgrade(target: string): string {
  return get(target, 'Connection: Upgrade', 'Upgrade: echo')
}
