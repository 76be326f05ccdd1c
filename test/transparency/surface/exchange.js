const { once } = require('node:events')
const { connect } = require('node:net')
const { choose, fact, plain } = require('./facts')
const { enter, look } = require('./look')

/** Sends a server a request whose body comes in two parts. */
exports.exchange = async (name, server, ...headers) => {
  await listen(server)
  const socket = connect(server.address().port, '127.0.0.1').setEncoding('latin1')
  await once(socket, 'connect')
  choose(socket.localPort, 'CLIENT_PORT')
  socket.write(
    [...headers, 'Content-Length: 10', 'Host: test', 'uber-trace-id: 1:2:0:1', 'traceparent: x', '', 'first'].join(
      '\r\n',
    ),
  )
  await once(server, 'half')
  socket.write('other')
  let answer = ''
  for await (const text of socket) answer += text
  fact(`${name}: answer`, plain(answer).split('\r\n'))
  server.close()
  await once(server, 'close')
}

exports.listen = listen

/** Notes what listeners of a request and its response find, and answers once the request has been read. */
exports.serve = (name, server, req, res, answer) => {
  const { socket } = req
  const subjects = { server, req, res, socket }
  enter(name)
  look(`${name}, listener of the request`, subjects)
  fact(`${name}: headers received`, plain(req.rawHeaders.join('\n')).split('\n'))
  req.once('data', () => {
    look(`${name}, first half of the body`, subjects)
    server.emit('half')
  })
  req.on('end', () => {
    look(`${name}, end of the body`, subjects)
    setTimeout(() => {
      look(`${name}, timer`, subjects)
      // Other timers that are due have their turn first, and are not on the stack of what follows.
      setImmediate(async () => {
        await undefined
        look(`${name}, promise`, subjects)
        answer()
      })
    })
  })
  res.on('finish', () => look(`${name}, response finished`, subjects))
  res.on('close', () => look(`${name}, response closed`, subjects))
  req.on('close', () => look(`${name}, request closed`, subjects))
  socket.on('close', () => look(`${name}, socket closed`, subjects))
}

async function listen(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  choose(server.address().port, 'PORT')
}
