const net = require('node:net')
const { createInterface } = require('node:readline')
const { intercept, listen, startOver } = require('./journal')

const open = new Map()
let player

/**
 * Listens, and tells whoever plays with the app all that its server, requests, responses and sockets emit, over a
 * connection of its own. `commands` are what the player can have the app do in the middle of a play.
 */
exports.perform = (server, { commands = {}, byListeners = false, begin = () => {} } = {}) => {
  const tell = (line) => player?.write(`${line}\n`)
  const observe = byListeners ? listen : intercept
  observe(server, tell)
  server.on('connection', (socket) => {
    open.set(socket, socket.remotePort)
    socket.on('close', () => open.delete(socket))
  })
  const orders = {
    begin: () => {
      begin()
      startOver()
      tell('begun')
    },
    settle: () => settled(() => tell(`settled ${JSON.stringify([...open].map(traffic))}`)),
    end: () => whenNone(Boolean, () => settled(() => tell('ended'))),
    ...commands,
  }
  const control = net.createServer((socket) => {
    const lines = createInterface(socket.setNoDelay()).on('line', (order) => {
      // A port that is free is open to strangers who look for whoever had it before.
      if (!Object.hasOwn(orders, order)) return
      player = socket
      orders[order]()
    })
    for (const emitter of [socket, lines]) emitter.on('error', () => {})
  })
  control.listen(0, '127.0.0.1', () => {
    console.log(`controlled on ${control.address().port}`)
    server.listen(process.env.PORT, '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
  })
}

/** By the client's port, the bytes that the app has read and written. */
function traffic([{ bytesRead, bytesWritten }, port]) {
  return [port, { read: bytesRead, written: bytesWritten }]
}

/** What was received before has been read, what follows from it has been done, and what was to be closed is closed. */
function settled(then) {
  setImmediate(() => setImmediate(() => setImmediate(() => whenNone(isEnding, then))))
}

/** Waits for the end of all these connections, and of what follows from it. */
function whenNone(which, then) {
  const socket = [...open.keys()].find(which)
  if (socket === undefined) then()
  else socket.once('close', () => setImmediate(() => whenNone(which, then)))
}

function isEnding(socket) {
  return socket.destroyed || socket.writableEnded
}
