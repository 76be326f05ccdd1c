const { once } = require('node:events')
const { Readable } = require('node:stream')
const { setImmediate: turn } = require('node:timers/promises')

/** What answers say. */
const TEXT = 'some text '

/** A stream that says it piece by piece. */
function slowText() {
  return Readable.from(pieces())
}

async function* pieces() {
  for (let count = 0; count < 3; count++) {
    yield TEXT
    await turn()
  }
}

/** Waits for a stream to end, well or not. Node tells nothing more to answers that waited on a connection that broke. */
async function unlessGone({ socket }, end) {
  end.catch(() => {})
  if (!socket.destroyed) await Promise.race([end, once(socket, 'close')]).catch(() => {})
}

module.exports = { slowText, TEXT, unlessGone }
