const { once } = require('node:events')
const http = require('node:http')
const { createServer } = require('node:net')
const { add, plain } = require('./facts')
const { listen } = require('./exchange')
const { look } = require('./look')

const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nanswer'

/** Makes outgoing calls, and notes what an app finds on them and what the server that is called receives. */
exports.makeCalls = async () => {
  let calling
  const server = createServer((socket) => {
    socket.setEncoding('latin1').once('data', (head) => {
      add('headers of calls', `${calling}, sent`, plain(head).split('\r\n').map(withoutIds))
      socket.end(ANSWER)
    })
  })
  await listen(server)
  const options = { host: '127.0.0.1', port: server.address().port, path: '/path?q=1' }
  const url = `http://127.0.0.1:${options.port}/path?q=1`
  const agent = new http.Agent({ keepAlive: true })
  const calls = {
    'a call by URL': () => http.get(url),
    'a call with headers': () => http.get({ ...options, headers: { 'x-own': 'yes' } }),
    'a call with a list of headers': () => http.get({ ...options, headers: ['Host', 'test', 'X-Own', 'yes'] }),
    'a call with a body': () => http.request({ ...options, method: 'POST' }).end('body'),
    'a call by an agent': () => http.get({ ...options, agent }),
  }
  for (const [name, call] of Object.entries(calls)) {
    calling = name
    await follow(name, call())
  }
  calling = 'a fetch'
  const response = await fetch(url)
  add('answers of fetch', calling, [response.status, ...response.headers].map(String))
  await response.text()
  server.close()
}

async function follow(name, req) {
  const { agent } = req
  look(`${name}, made`, { agent, req })
  req.on('finish', () => look(`${name}, sent`, { agent, req }))
  req.on('response', (res) => {
    look(`${name}, answered`, { agent, req, res, socket: req.socket })
    add('headers of calls', `${name}, seen`, req.getHeaderNames())
    res.on('end', () => look(`${name}, answer read`, { agent, req, res }))
    res.resume()
  })
  await once(req, 'close')
  look(`${name}, closed`, { agent, req })
}

function withoutIds(line) {
  return line.replace(/^(uber-trace-id|traceparent): .*/, '$1')
}
