// Asks a server a number of times, over sockets in memory, and ends: nothing that the system does is part of it.
const { Duplex } = require('node:stream')

const CONNECTIONS = 8

class Socket extends Duplex {
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

module.exports = { drive }
