import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '../helpers/folder.js'
import { batch } from './thrift-messages.js'
import { bundle, startViewer, type Viewer } from './viewer.js'

interface Asked {
  readonly method?: string
  readonly headers?: http.OutgoingHttpHeaders
  readonly body?: Buffer
}

/** Asks with exactly these headers; a browser's `fetch` would not let us. */
function ask(url: URL | string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<http.IncomingMessage> {
  return new Promise((answered, failed) => {
    const request = http.request(url, { method, headers, agent: false }, (response) => answered(response.resume()))
    request.on('error', failed).end(body)
  })
}

async function text(response: Response): Promise<string> {
  return (await response.text()).trim()
}

/** A viewer with a page of our own. */
function installedViewer(t: TestContext): Promise<Viewer> {
  const folder = temporaryFolder(t)
  const program = join(folder, 'viewer.js')
  copyFileSync(bundle, program)
  mkdirSync(join(folder, 'viewer', 'page'), { recursive: true })
  for (const name of ['index.html', 'page.js', 'page.css', 'secret.txt'])
    writeFileSync(join(folder, 'viewer', 'page', name), `this is ${name}`)
  return startViewer(t, { program })
}

test('the page and the API are for those who ask for this machine by its own name', async (t) => {
  const { page } = await startViewer(t)
  const status = async (host: string, path = '/api/services') =>
    (await ask(new URL(path, page), { headers: { host } })).statusCode

  for (const host of [
    page.host,
    `localhost:${page.port}`,
    'LOCALHOST',
    `[::1]:${page.port}`,
    '127.1.2.3',
    'tracing.localhost:80',
  ]) {
    assert.equal(await status(host), 200, host)
  }
  for (const host of [
    'evil.example',
    `evil.example:${page.port}`,
    '10.0.0.1',
    'shop',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '@',
    'a b',
    '[',
  ]) {
    for (const path of ['/', '/api/services', '/api/live', '/page.js']) {
      assert.ok([400, 403].includes((await status(host, path)) ?? 0), `${host} ${path}`)
    }
  }
})

test('a page from elsewhere may neither ask nor remove nor upload', async (t) => {
  const viewer = await startViewer(t)
  const { page } = viewer
  const origins = [
    'http://evil.example',
    `https://127.0.0.1:${page.port}`,
    `http://127.0.0.1:${Number(page.port) + 1}`,
    'null',
    `http://localhost:${page.port}`,
  ]

  for (const origin of origins) {
    for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS']) {
      const { statusCode, headers } = await ask(new URL('/api/traces', page), { method, headers: { origin } })
      assert.equal(statusCode, 403, `${method} from ${origin}`)
      assert.equal(headers['access-control-allow-origin'], undefined)
    }
  }
  assert.equal((await viewer.counts()).refused, 4 * origins.length)
  const own = await ask(new URL('/api/traces', page), { method: 'DELETE', headers: { origin: page.origin } })
  assert.equal(own.statusCode, 200)
})

test('a page may send no spans, and a program may by whatever name', async (t) => {
  const viewer = await startViewer(t)
  const senders = [
    {
      url: viewer.endpoint,
      type: 'application/x-thrift',
      body: batch({ serviceName: 'shop' }, [{ traceIdLow: 1n, spanId: 1n }]),
    },
    { url: viewer.otlpEndpoint, type: 'application/json', body: Buffer.from('{}') },
  ]
  for (const { url, type, body } of senders) {
    const post = (headers: http.OutgoingHttpHeaders) =>
      ask(url, { method: 'POST', headers: { 'content-type': type, ...headers }, body })
    const { host } = new URL(url)

    assert.equal((await post({ origin: 'http://evil.example' })).statusCode, 403)
    // A name that was pointed at this machine.
    assert.equal((await post({ host: 'evil.example', origin: 'http://evil.example' })).statusCode, 403)
    assert.equal((await post({ origin: viewer.page.origin })).statusCode, 403)
    assert.equal((await ask(url, { method: 'OPTIONS', headers: { origin: 'http://evil.example' } })).statusCode, 403)
    for (const name of [host, 'viewer:4318', 'host.docker.internal', '10.1.2.3']) {
      assert.ok([200, 202].includes((await post({ host: name })).statusCode ?? 0), name)
    }
  }
  assert.deepEqual([(await viewer.counts()).refused, (await viewer.counts()).received], [8, 4])
})

test('a viewer that others can reach answers to addresses and to names of their network', async (t) => {
  const { page } = await startViewer(t, { args: ['--host=0.0.0.0'] })
  const address = new URL('/api/services', `http://127.0.0.1:${page.port}`)
  const status = async (host: string) => (await ask(address, { headers: { host } })).statusCode

  for (const host of ['10.1.2.3:16686', 'viewer', 'laptop.local', 'host.docker.internal', 'localhost'])
    assert.equal(await status(host), 200, host)
  for (const host of ['evil.example', '10.1.2.3.evil.example', 'local.example'])
    assert.equal(await status(host), 403, host)
})

test('the page’s three files are served, and it at all its addresses', async (t) => {
  const { page } = await installedViewer(t)
  const get = (path: string) => fetch(new URL(path, page))

  for (const path of [
    '/',
    '/search',
    '/search?service=a.b',
    '/trace/0af7651916cd43dd',
    '/compare/1/2',
    '/services',
    '/services/a.b',
  ]) {
    const response = await get(path)
    assert.equal(await text(response), 'this is index.html', path)
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8')
  }
  const [script, style] = [await get('/page.js'), await get('/page.css')]
  assert.deepEqual([await text(script), await text(style)], ['this is page.js', 'this is page.css'])
  assert.deepEqual(
    [script, style].map(({ headers }) => headers.get('content-type')),
    ['text/javascript; charset=utf-8', 'text/css; charset=utf-8'],
  )
  for (const path of ['/secret.txt', '/favicon.ico', '/viewer.js', '/..%2fviewer.js', '/%2e%2e/viewer.js', '/.env']) {
    const response = await get(path)
    assert.deepEqual([response.status, await text(response)], [404, 'there is no such page'], path)
  }
  assert.equal((await fetch(page, { method: 'POST' })).status, 405)
})

test('nothing that is served may run foreign code, be framed, or be kept', async (t) => {
  const { page } = await installedViewer(t)

  for (const path of ['/', '/page.js', '/nothing.txt', '/api/services', '/api/nothing', '/api/live']) {
    const { headers } = await ask(new URL(path, page))
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    assert.equal(headers['content-security-policy'], policy, path)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
    if (path.startsWith('/api/')) assert.equal(headers['cache-control'], 'no-store', path)
  }
})
