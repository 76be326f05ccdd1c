import { head, host, type Streams } from './stream.js'

/** What is not HTTP/1.1, or not HTTP. */
export const protocols: Streams = {
  'no request at all': [],
  'a line end': ['\r\n'],
  'a method that is none': [head('FOO / HTTP/1.1', host)],
  'a method in small letters': [head('get / HTTP/1.1', host)],
  'no method': [head('/ HTTP/1.1', host)],
  'HTTP/0.9': ['GET /\r\n'],
  'HTTP/1.2': [head('GET / HTTP/1.2', host)],
  'HTTP/2.0 in the words of HTTP/1': [head('GET / HTTP/2.0', host)],
  'the preface of HTTP/2': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0'],
  'a protocol that is none': [head('GET / HTPP/1.1', host)],
  RTSP: [head('OPTIONS * RTSP/1.0', host)],
  TLS: ['\x16\x03\x01\0\xa5\x01\0\0\xa1\x03\x03'],
  'a response': ['HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
  zeros: ['\0'.repeat(100)],
}
