// Asks a server a number of times, over sockets in memory, and ends: nothing that the system does is part of it. What
// the server itself calls answers from memory, too.
const { Duplex } = require('node:stream')

const CONNECTIONS = 8

class Socket extends Duplex {
  /** `answered` is told of each write. */
  constructor(answered) {
    super()
    this.answered = answered
  }

  _read() {}

  _write(_chunk, _encoding, done) {
    done()
    this.answered(this)
  }

  _writev(_chunks, done) {
    done()
    this.answered(this)
  }

  setTimeout() {}
  setNoDelay() {}
  setKeepAlive() {}
  ref() {}
  unref() {}
}

/** Each answer is one write, and lets the next request come in a turn of its own. */
function drive(server, path, requests) {
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n`)
  let asked = 0
  let answered = 0
  const ask = (socket) => {
    if (asked++ < requests) socket.push(request)
  }
  const next = (socket) => {
    answered++
    if (answered === requests) setImmediate(() => process.exit())
    else setImmediate(ask, socket)
  }
  for (let count = 0; count < CONNECTIONS; count++) {
    const socket = new Socket(next)
    server.emit('connection', socket)
    ask(socket)
  }
}

/** A connection to a server that gives one answer to whatever it is asked, in a turn of its own. */
function connectTo(body) {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`
  const answer = Buffer.from(`${head}Connection: keep-alive\r\n\r\n${body}`)
  const socket = new Socket(() => setImmediate(() => socket.push(answer)))
  setImmediate(() => socket.emit('connect'))
  return socket
}

module.exports = { connectTo, drive }
