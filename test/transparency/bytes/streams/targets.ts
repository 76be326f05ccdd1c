import { get, head, host, type Streams } from './stream.js'

/** Targets of all forms, and of none. */
export const targets: Streams = {
  'a whole URL': [get('http://other:81/path?a=1')],
  'a whole URL with credentials': [get('http://user:secret@other/path?token=1')],
  'a URL of another kind': [get('ftp://other/path')],
  'an asterisk': [get('*')],
  'an authority': [get('other:81')],
  'two slashes': [get('//other/path')],
  'a bracket': [get('http://[')],
  'no path': [get('?a=1')],
  'escapes that are none': [get('/%zz/%/%c3%28')],
  'a path that climbs': [get('/../..//./%2e%2e/%00')],
  'bytes above ASCII in a target': [get('/\xe4\xff')],
  'a blank in a target': [head('GET /a b HTTP/1.1', host)],
  'a control character in a target': [get('/a\x01b')],
}
