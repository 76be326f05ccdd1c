import assert from 'node:assert/strict'
import test from 'node:test'
import { parseAttribute, readAttribute } from '../../src/agent/attributes.js'
import { safeValue } from '../../src/agent/safe-value.js'
import { isSecret } from '../../src/agent/secrets.js'
import { visibleUrl } from '../../src/agent/url.js'

const LONGEST = 1_024

function read(entry: string, req: object, res: object = {}, query: 'off' | 'redact' | 'full' = 'off'): unknown {
  const attribute = parseAttribute(entry)
  assert.ok(attribute !== undefined, `${entry} is refused`)
  return readAttribute(attribute, req, res, query)
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

/** Throws whatever is done to it. */
function hostile(): object {
  const traps = new Proxy(
    {},
    {
      get: () => () => {
        throw new Error('trap')
      },
    },
  )
  return new Proxy({}, traps)
}

function nested(depth: number): object {
  return depth === 0 ? { bottom: true } : { in: nested(depth - 1) }
}

test('what says nothing has no value', () => {
  const values = [undefined, null, '', () => 1, class {}].map(safeValue)

  assert.deepEqual(values, [undefined, undefined, undefined, undefined, undefined])
})

test('text, numbers and booleans stand as they are', () => {
  const values = ['a', 0, -1.5, true, false]

  assert.deepEqual(values.map(safeValue), values)
})

const circle: { a: number; self?: object } = { a: 1 }
circle.self = circle
const twin = { a: 1 }

const texts: readonly [what: string, value: unknown, text: string][] = [
  ['a bigint', 12n, '12'],
  ['a bigint of a million digits', 1n << 4_000_000n, '[bigint]'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
  ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['an invalid date', new Date('x'), 'Invalid Date'],
  ['an error', new TypeError('bad'), 'TypeError: bad'],
  ['a buffer', Buffer.from('password'), '[8 bytes]'],
  ['a typed array', new Uint16Array(3), '[6 bytes]'],
  ['an array buffer', new ArrayBuffer(4), '[4 bytes]'],
  ['an object', { a: 1, b: 'x', c: null, d: true, e: '' }, '{"a":1,"b":"x","c":null,"d":true,"e":""}'],
  ['what JSON leaves out', { a: undefined, b: () => 1, c: 1 }, '{"c":1}'],
  ['what JSON cannot say', { a: 1n, b: Symbol('s'), c: Number.NaN }, '{"a":"1","b":"Symbol(s)","c":null}'],
  ['an array', [1, 'a', undefined, () => 1, [2]], '[1,"a",null,null,[2]]'],
  ['a sparse array', new Array(2), '[null,null]'],
  ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  [
    'an object that inherits',
    Object.create({ inherited: 1, password: 1 }, { own: { value: 2, enumerable: true } }),
    '{"own":2}',
  ],
  [
    'what an object holds',
    { at: new Date(0), err: new Error('bad') },
    '{"at":"1970-01-01T00:00:00.000Z","err":"Error: bad"}',
  ],
  ['a circle', circle, '{"a":1,"self":"[circular]"}'],
  ['the same object twice', [twin, twin], '[{"a":1},{"a":1}]'],
  ['a deep object', nested(9), '{"in":{"in":{"in":"[object]"}}}'],
  ['a deep array', [[[[1]]]], '[[["[array]"]]]'],
  ['a revoked proxy', revoked(), '[unreadable]'],
  ['a revoked proxy in an object', { a: 1, b: revoked(), c: 2 }, '{"a":1,"b":"[unreadable]","c":2}'],
  ['a hostile proxy', hostile(), '[unreadable]'],
  ['a hostile proxy in an array', [hostile(), 1], '["[unreadable]",1]'],
  [
    'secrets',
    { user: 'a', password: 'p', nested: [{ apiKey: 'k' }] },
    '{"user":"a","password":"[redacted]","nested":[{"apiKey":"[redacted]"}]}',
  ],
  ['quotes and line feeds', { 'a"': '\n' }, '{"a\\"":"\\n"}'],
]

for (const [what, value, text] of texts) {
  test(`the value of ${what} is ${text}`, () => {
    assert.equal(safeValue(value), text)
  })
}

test('an error whose name throws is unreadable', () => {
  const error = Object.defineProperty(new Error('x'), 'name', {
    get() {
      throw new Error('name')
    },
  })

  assert.equal(safeValue(error), '[unreadable]')
})

test('neither toJSON nor a getter of an object runs', () => {
  const ran: string[] = []
  const value = {
    get computed() {
      ran.push('getter')
      throw new Error('getter')
    },
    nested: {
      toJSON() {
        ran.push('toJSON')
        throw new Error('toJSON')
      },
    },
  }

  const text = safeValue(value)

  assert.equal(text, '{"computed":"[getter]","nested":{}}')
  assert.deepEqual(ran, [])
})

test('at most 50 entries of an object or an array are shown', () => {
  const numbers = Array.from({ length: 51 }, (_, index) => index)

  const array = String(safeValue(numbers))
  const object = String(safeValue(Object.fromEntries(numbers.map((number) => [`k${number}`, 0]))))

  assert.ok(array.endsWith(',49,…]'), array)
  assert.ok(object.endsWith('"k49":0,…}'), object)
})

test('no more entries are looked at than are shown', () => {
  let looked = 0
  const keys = Array.from({ length: 10_000 }, (_, index) => `k${index}`)
  const object = new Proxy(
    {},
    {
      ownKeys: () => keys,
      getOwnPropertyDescriptor() {
        looked++
        return { value: () => 1, enumerable: true, configurable: true }
      },
    },
  )

  safeValue(object)

  assert.ok(looked < 500, `${looked} look-ups`)
})

test('once the text is full nothing more is looked at', () => {
  let looked = 0
  const texts = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'x'.repeat(100)]))
  const object = new Proxy(texts, {
    getOwnPropertyDescriptor(target, key) {
      looked++
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
  })
  const row = new Array(50).fill(object)

  safeValue(new Array(50).fill(row))

  assert.ok(looked < 50, `${looked} look-ups`)
})

const long: readonly [what: string, value: unknown][] = [
  ['text', 'x'.repeat(1_000_000)],
  ['an object of long texts', { a: 'x'.repeat(1_000_000), b: 'y'.repeat(1_000_000) }],
  ['an object of long keys', { ['x'.repeat(1_000_000)]: 1 }],
  ['an array of objects', Array.from({ length: 50 }, () => ({ key: 'value'.repeat(10) }))],
  ['an error', new Error('x'.repeat(1_000_000))],
  ['text that JSON escapes', { a: '\u0000'.repeat(1_000_000) }],
  ['a symbol', Symbol('x'.repeat(1_000_000))],
]

for (const [what, value] of long) {
  test(`${what} is cut at 1,024 characters`, () => {
    assert.equal(String(safeValue(value)).length, LONGEST)
  })
}

test('a text is never cut in the middle of a character', () => {
  const whole = `${'x'.repeat(LONGEST - 2)}😀😀`
  const half = `${'x'.repeat(LONGEST - 1)}😀😀`

  assert.equal(safeValue(whole), `${'x'.repeat(LONGEST - 2)}😀`)
  assert.equal(safeValue(half), 'x'.repeat(LONGEST - 1))
})

const secrets = `authorization Authorization proxy-authorization cookie Cookie set-cookie cookies signedCookies password
  PASSWORD pass_word dbPassword passwd pwd passphrase token access_token accessToken ACCESSTOKEN x-auth-token secret
  client-secret api-key apikey API_KEY apiKey x-api-key session-id sessionID JSESSIONID PHPSESSID connect.sid sid
  credential credentials private_key privateKey AWSAccessKeyId X-Amz-Signature sig csrf _csrf xsrf-token jwt bearer
  db_pass dbPass otp user[password] rawHeaders rawTrailers _header`

test('names that look like secrets are secret, whatever their case and punctuation', () => {
  const missed = secrets.split(/\s+/).filter((name) => !isSecret(name))

  assert.deepEqual(missed, [])
})

const harmless = `author authorId authored tokenizer tokenise secretary keyboard key keys monkey bypass compass passenger
  passport outside aside signal assign design user id session headers header x-request-id sidebar process accessed pin`

test('names that merely resemble secrets are not', () => {
  const mistaken = harmless.split(/\s+/).filter(isSecret)

  assert.deepEqual(mistaken, [])
})

const readings: readonly [entry: string, value: unknown][] = [
  ['method', 'GET'],
  ['params.id', '42'],
  ['params.other', undefined],
  ['user.name.length', undefined],
  ['missing.at.all', undefined],
  ['headers.user-agent', 'curl'],
  ['headers.User-Agent', 'curl'],
  ['headers.x.y', 'dotted'],
  ['headers.x-list', 'a, b'],
  ['headers.toString', undefined],
  ['headers', '{"user-agent":"curl","authorization":"[redacted]","x.y":"dotted","x-list":["a","b"]}'],
  ['headers.authorization', '[redacted]'],
  ['headers.Authorization', '[redacted]'],
  ['headers.cookie', undefined],
  ['rawHeaders.1', '[redacted]'],
  ['user.apiKey', '[redacted]'],
  ['key=user.api.key', '[redacted]'],
  ['session.token.expires', '[redacted]'],
  ['session.token.missing', undefined],
  ['session.emptyToken', undefined],
  ['user.age', 7],
  ['user.roles', '["a","b"]'],
  ['user.admin', false],
  ['user.nothing', undefined],
  ['user.greet', undefined],
  ['app.settings.env', 'test'],
  ['app', undefined],
  ['res.locals.plan', 'gold'],
  ['res.statusCode', 201],
  ['req.method', 'GET'],
  ['req.res.statusCode', 201],
  ['res.req.originalUrl', '/a'],
  ['url', '/b'],
]

for (const [entry, value] of readings) {
  test(`the attribute ${entry} reads ${JSON.stringify(value)}`, () => {
    const req = {
      method: 'GET',
      url: '/b?token=1',
      originalUrl: '/a?token=1',
      params: { id: '42' },
      headers: { 'user-agent': 'curl', authorization: 'Basic x', 'x.y': 'dotted', 'x-list': ['a', 'b'] },
      rawHeaders: ['Authorization', 'Basic x'],
      user: {
        name: 'Ada',
        age: 7,
        admin: false,
        roles: ['a', 'b'],
        nothing: null,
        greet: () => 'hi',
        apiKey: 'k',
        api: { key: 'k' },
      },
      session: { token: { expires: 1 }, emptyToken: '' },
      app: Object.assign(() => {}, { settings: { env: 'test' } }),
    }

    assert.equal(read(entry, req, { statusCode: 201, locals: { plan: 'gold' } }), value)
  })
}

test('a getter of the prototype runs with the request as this', () => {
  const prototype = {
    address: 'the prototype',
    get ip() {
      return this.address
    },
  }
  const req = Object.create(prototype, { address: { value: '10.0.0.1' } })

  assert.equal(read('ip', req), '10.0.0.1')
})

const throwing = {
  get ip() {
    throw new Error('ip')
  },
}

for (const [what, req] of [
  ['throws', throwing],
  ['is a hostile proxy', hostile()],
  ['is revoked', revoked()],
] as const) {
  test(`an attribute of a request that ${what} is not there`, () => {
    assert.equal(read('ip', req), undefined)
    assert.equal(read('ip.x', { ip: req }), undefined)
    assert.equal(read('headers.x', req), undefined)
  })
}

test('an attribute without a response is not there', () => {
  const attribute = parseAttribute('res.statusCode')
  assert.ok(attribute !== undefined)

  assert.equal(readAttribute(attribute, {}, undefined, 'off'), undefined)
})

test('url and originalUrl show of the query what TRACE_QUERY lets through', () => {
  const req = { url: '/a?page=1&token=x', originalUrl: '/a?page=1&token=x' }

  assert.equal(read('originalUrl', req, {}, 'off'), '/a')
  assert.equal(read('path=url', req, {}, 'redact'), '/a?page=1&token=[redacted]')
  assert.equal(read('url', req, {}, 'full'), '/a?page=1&token=x')
  assert.equal(read('url', { url: { not: 'text' } }), '{"not":"text"}')
})

test('an alias names the tag', () => {
  assert.equal(parseAttribute('tenant=user.tenantId')?.name, 'tenant')
  assert.equal(parseAttribute(' tenant = user.tenantId ')?.name, 'tenant')
  assert.equal(parseAttribute('params.id')?.name, 'params.id')
})

for (const entry of `|=|a=|=a|.|a.|.a|a..b|a b|a=b=c|__proto__|a.__proto__.b|constructor.name|a.prototype|headers.__proto__
  |__proto__=ip|constructor=ip|a=constructor|req|res|res.req|params[id]|get(x)|{a}|"a"|a\u0000b`.split('|')) {
  test(`the attribute ${JSON.stringify(entry)} is refused`, () => {
    assert.equal(parseAttribute(entry.trim()), undefined)
  })
}

const urls: readonly [url: string, off: string, redact: string, full: string][] = [
  ['/a', '/a', '/a', '/a'],
  ['/a?page=1#top', '/a', '/a?page=1', '/a?page=1#top'],
  ['/a#top?x=1', '/a', '/a', '/a#top?x=1'],
  ['/a?token=x&page=1', '/a', '/a?token=[redacted]&page=1', '/a?token=x&page=1'],
  ['/a?page=1;token=x', '/a', '/a?page=[redacted]', '/a?page=1;token=x'],
  ['/a?token=x;y', '/a', '/a?token=[redacted]', '/a?token=x;y'],
  ['/a?%74oken=x', '/a', '/a?%74oken=[redacted]', '/a?%74oken=x'],
  ['/a?token%3Dx', '/a', '/a?=[redacted]', '/a?token%3Dx'],
  ['/a?%zzto%6ben=x', '/a', '/a?%zzto%6ben=[redacted]', '/a?%zzto%6ben=x'],
  ['/a?next=/b%3Ftoken%3Dx', '/a', '/a?next=[redacted]', '/a?next=/b%3Ftoken%3Dx'],
  ['/a?user[password]=x', '/a', '/a?user[password]=[redacted]', '/a?user[password]=x'],
  [
    '/a?code=1&key=2&auth=3&keys=4',
    '/a',
    '/a?code=[redacted]&key=[redacted]&auth=[redacted]&keys=4',
    '/a?code=1&key=2&auth=3&keys=4',
  ],
  ['/a?token&q=token', '/a', '/a?token&q=token', '/a?token&q=token'],
  ['http://user:pass@host/p', 'http://host/p', 'http://host/p', 'http://host/p'],
  ['http://u@ser:p@ss@host/p@q', 'http://host/p@q', 'http://host/p@q', 'http://host/p@q'],
  ['HTTP:////user:pass@host', 'HTTP:////host', 'HTTP:////host', 'HTTP:////host'],
  ['http://host?a=b@c', 'http://host', 'http://host?a=b@c', 'http://host?a=b@c'],
  ['//@scope/p', '//@scope/p', '//@scope/p', '//@scope/p'],
  ['//', '//', '//', '//'],
  ['http://[', 'http://[', 'http://[', 'http://['],
  ['*', '*', '*', '*'],
  ['?', '', '?', '?'],
  ['', '', '', ''],
  ['/%', '/%', '/%', '/%'],
]

for (const [url, off, redact, full] of urls) {
  test(`the target ${url} shows what its mode lets through`, () => {
    assert.equal(visibleUrl(url, 'off'), off)
    assert.equal(visibleUrl(url, 'redact'), redact)
    assert.equal(visibleUrl(url, 'full'), full)
  })
}

test('a long target is cut, and shows neither credentials nor secrets for that', () => {
  const credentials = `http://user:${'p'.repeat(5_000)}@host/`
  const query = `/?${'a=1&'.repeat(250)}${'token=canary&'.repeat(100)}`

  assert.equal(visibleUrl(credentials, 'full'), 'http://host/')
  assert.equal(visibleUrl(`/${'x'.repeat(5_000)}`, 'off').length, LONGEST)
  for (let start = 0; start < 20; start++) {
    const shown = visibleUrl(`/${'x'.repeat(start)}${query}`, 'redact')

    assert.equal(shown.length <= LONGEST, true)
    assert.doesNotMatch(shown, /canary/)
  }
})

test('targets made to slow a parser down come to an end', () => {
  for (const piece of ['a', '?', '&', '=', '%', '%41', '@', ':', '/', '\\', 'http://', 'a:']) {
    for (const start of ['', '/', '/?', 'http://', 'a:']) {
      const url = start + piece.repeat(200_000)

      assert.ok(visibleUrl(url, 'redact').length <= LONGEST)
      assert.ok(visibleUrl(url, 'off').length <= LONGEST)
    }
  }
})
