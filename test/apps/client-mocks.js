const http = require('node:http')
const { once } = require('node:events')

// Calls that a mocking library answers, and one that it lets through.
const [library] = process.argv.slice(2)
const passed = http.createServer((_req, res) => res.end('real')).listen(0, '127.0.0.1')

async function ask(get, ...options) {
  const [res] = await once(get(...options), 'response')
  let text = ''
  for await (const chunk of res.setEncoding('utf8')) text += chunk
  return `${res.statusCode} ${text}`
}

const mocks = {
  nock(name = 'nock') {
    const nock = require(name)
    nock('http://mocked.test').get('/').times(2).reply(201, 'mocked')
    nock('https://mocked.test').get('/').reply(202, 'safe')
    nock.enableNetConnect('127.0.0.1')
  },
  'nock-13': () => mocks.nock('nock-13'),
  msw() {
    const { http: rest, HttpResponse } = require('msw')
    const { setupServer } = require('msw/node')
    const server = setupServer(
      rest.get('http://mocked.test/', () => new HttpResponse('mocked', { status: 201 })),
      rest.get('https://mocked.test/', () => new HttpResponse('safe', { status: 202 })),
    )
    server.listen({ onUnhandledRequest: 'bypass' })
  },
  agentkeepalive() {
    const { HttpAgent } = require('agentkeepalive')
    return new HttpAgent({ keepAlive: true, maxSockets: 1 })
  },
}

async function refused(url) {
  const [error] = await once(http.get(url), 'error')
  return error.code
}

async function main() {
  const agent = mocks[library]()
  await once(passed, 'listening')
  const url = `http://127.0.0.1:${passed.address().port}/`
  const seen = []
  if (agent === undefined) {
    seen.push(await ask(http.get, 'http://mocked.test/'), await ask(http.get, { host: 'mocked.test' }))
    seen.push(await ask(require('node:https').get, 'https://mocked.test/'))
  }
  seen.push(await ask(http.get, url, { agent }), await ask(http.get, url, { agent }))
  if (library.startsWith('nock')) seen.push(await refused('http://elsewhere.test/'))
  console.log(seen.join(', '))
  agent?.destroy()
  passed.close()
}

main()
