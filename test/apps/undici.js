const http = require('node:http')
const { once } = require('node:events')

// The release of undici is named by its folder; without one it is Node's own fetch.
const [folder] = process.argv.slice(2)
const library =
  folder === undefined ? undefined : require(require.resolve('undici', { paths: [`${__dirname}/${folder}`] }))
const origin = () => `http://127.0.0.1:${server.address().port}`
const text = async (res) => res.body.text()

/** Its one connection lets calls wait. */
let narrow

const calls = {
  narrow: async () => {
    narrow ??= new library.Pool(origin(), { connections: 1 })
    return text(await narrow.request({ path: '/echo', method: 'GET' }))
  },
  fetch: async () => (await (library?.fetch ?? fetch)(`${origin()}/echo?a=1`, { headers: { a: 'b' } })).text(),
  post: async () => (await (library?.fetch ?? fetch)(`${origin()}/echo`, { method: 'POST', body: 'body' })).text(),
  request: async () => text(await library.request(`${origin()}/echo?a=1`, { headers: { a: 'b' } })),
  list: async () => text(await library.request(`${origin()}/echo`, { headers: ['a', 'b', 'c', 'd'] })),
  own: async () => text(await library.request(`${origin()}/echo`, { headers: { 'UBER-trace-id': '1:2:0:1' } })),
  signed: async () => text(await library.request(`${origin()}/echo?X-Amz-Signature=1`)),
  frozen: async () => text(await library.request(`${origin()}/echo`, Object.freeze({ headers: Object.freeze({}) }))),
  stream: async () => {
    const chunks = []
    const { Writable } = require('node:stream')
    const write = (chunk, _encoding, done) => done(chunks.push(chunk) && undefined)
    await library.stream(`${origin()}/echo`, { method: 'GET' }, () => new Writable({ write }))
    return String(Buffer.concat(chunks))
  },
  pool: async () => {
    const pool = new library.Pool(origin(), { connections: 1 })
    const answer = await text(await pool.request({ path: '/echo', method: 'GET' }))
    await pool.close()
    return answer
  },
  upgrade: async () => {
    const { socket } = await library.upgrade(`${origin()}/`, { protocol: 'x' })
    socket.on('error', () => {}).end()
    return '{}'
  },
  refused: () => library.request('http://127.0.0.1:2/').catch(({ code }) => JSON.stringify({ code })),
  aborted: async () => {
    const abort = new AbortController()
    const asked = once(server, 'request')
    const answer = library.request(`${origin()}/never`, { signal: abort.signal })
    answer.catch(() => {})
    await asked
    abort.abort()
    return answer.catch(({ name }) => JSON.stringify({ name }))
  },
}

const server = http.createServer(async (req, res) => {
  const [, first, second] = req.url.split('?')[0].split('/')
  if (first === 'call') res.end(await calls[second]())
  else if (first !== 'never') res.end(JSON.stringify(req.headers))
})
server.on('upgrade', (_req, socket) => {
  socket.on('error', () => {}).end('HTTP/1.1 101 Go on\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
