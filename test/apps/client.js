const http = require('node:http')
const { once } = require('node:events')

const agent = new http.Agent({ keepAlive: true, maxSockets: 8 })
const port = () => server.address().port
const local = (path, options) => ({ host: '127.0.0.1', port: port(), path, agent, ...options })

async function read(res) {
  let text = ''
  for await (const chunk of res.setEncoding('utf8')) text += chunk
  return text
}

async function call(options) {
  const [res] = await once(http.get(options), 'response')
  return read(res)
}

const failed = (error) => String(error.cause?.code ?? error.code)
const hold = (req) => new Promise((resolve) => req.on('error', () => {}).on('close', resolve))

/** What a request to this server makes it call; the answer is what it got. */
const calls = {
  http: () => call(local('/echo?secret=1')),
  fetch: async () => (await fetch(`http://127.0.0.1:${port()}/echo?secret=1`, { headers: { a: 'b' } })).text(),
  both: async () => `[${await calls.http()},${await calls.fetch()}]`,
  status: () => call(local('/status/404')),
  'fetch-status': async () => (await fetch(`http://127.0.0.1:${port()}/status/503`)).text(),
  refused: () => call({ host: '127.0.0.1', port: 1 }).catch(failed),
  'fetch-refused': () => fetch('http://127.0.0.1:2/').catch(failed),
  cut: () => call(local('/cut')).catch(failed),
  hangup: () => call(local('/hangup')).catch(failed),
  aborted: async () => {
    const req = http.get(local('/never'))
    await Promise.all([hold(req), once(req, 'finish').then(() => req.destroy())])
    return 'aborted'
  },
  unread: async () => {
    const [res] = await once(http.get(local('/large', { agent: false })), 'response')
    return String(res.statusCode)
  },
  'fetch-unread': async () => String((await fetch(`http://127.0.0.1:${port()}/large`)).status),
  ignored: async () => {
    const req = http.get(local('/echo'))
    await once(req, 'close')
    return 'ignored'
  },
  upgrade: async () => {
    const req = http.get(local('/', { headers: { Connection: 'Upgrade', Upgrade: 'x' }, agent: false }))
    const [res, socket] = await once(req, 'upgrade')
    socket.end()
    return String(res.statusCode)
  },
  late: async () => {
    const req = http.request(local('/echo', { method: 'POST' }))
    await new Promise(setImmediate)
    req.end('body')
    const [res] = await once(req, 'response')
    return read(res)
  },
  redirect: async () => (await fetch(`http://127.0.0.1:${port()}/to/localhost`)).text(),
  'signed-redirect': async () => {
    const headers = { authorization: 'AWS4-HMAC-SHA256 a' }
    return (await fetch(`http://127.0.0.1:${port()}/to/localhost`, { headers })).text()
  },
  own: () => call(local('/echo', { headers: { TraceParent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } })),
  'fetch-own': async () =>
    (await fetch(`http://127.0.0.1:${port()}/echo`, { headers: { 'Uber-Trace-Id': 'abc:def:0:1' } })).text(),
  after: () => 'after',
}

const server = http.createServer(async (req, res) => {
  const [, first, second] = req.url.split('?')[0].split('/')
  if (first === 'call') {
    res.end(String(await calls[second]()))
    if (second === 'after') setImmediate(() => call(local('/echo')))
  } else if (first === 'status') res.writeHead(Number(second)).end('no')
  else if (first === 'to') res.writeHead(302, { location: `http://${second}:${port()}/echo` }).end()
  else if (first === 'cut') res.writeHead(200, { 'content-length': 10 }).write('half', () => res.destroy())
  else if (first === 'hangup') req.socket.destroy()
  else if (first === 'large') res.end('x'.repeat(1_000_000))
  else if (first === 'mix') {
    // Answers with the id that came, after calls of its own which tell theirs.
    const seen = [await calls.http(), await calls.fetch(), await calls.http()].map((text) => JSON.parse(text))
    res.end(JSON.stringify(seen.map((headers) => headers['uber-trace-id'].split(':'))))
  } else if (first !== 'never') res.end(JSON.stringify(req.headers))
})
server.on('upgrade', (_req, socket) => {
  socket.end('HTTP/1.1 101 Go on\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
})
server.listen(process.env.PORT, () => console.log(`listening on ${port()}`))
