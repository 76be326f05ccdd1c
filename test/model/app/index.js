const { once } = require('node:events')
const http = require('node:http')
const net = require('node:net')
const { createInterface } = require('node:readline')
const { setImmediate: turn } = require('node:timers/promises')
const { listenerOf } = require('./layers.js')
const { Account } = require('./account.js')

/** What a run of a program left, until it is asked for. */
const runs = new Map()
/** Its spans come behind all others. */
const last = http.createServer((_req, res) => res.end()).listen(0, '127.0.0.1')

// Express sends a 404 when the body is read, though the app may have answered in the meantime.
process.on('uncaughtException', (error) => {
  if (error.code !== 'ERR_HTTP_HEADERS_SENT') throw error
  // Node may now never say to the next request on the connection that its body was read.
  for (const { accounts } of runs.values()) for (const account of accounts) account.look()
})

// One JSON text a line in each direction; the tracer knows nothing of this connection.
const control = net.createServer((socket) => {
  const tell = (message) => socket.write(`${JSON.stringify(message)}\n`)
  createInterface({ input: socket }).on('line', async (line) => {
    const { run, program, echo } = JSON.parse(line)
    tell(program === undefined ? await end(run) : await begin(run, program, echo, tell))
  })
})
control.listen(process.env.PORT, () => console.log(`listening on ${control.address().port}`))

/** A server for a program. */
async function begin(run, program, echo, tell) {
  const accounts = []
  const listener = listenerOf(program)
  const server = http.createServer()
  const sockets = new WeakMap()

  server.on('connection', (socket) => {
    const own = []
    sockets.set(socket, own)
    socket.on('error', () => {})
    socket.on('close', () => {
      for (const account of own) account.log('gone')
    })
  })
  server.on('request', (req, res) => {
    const account = new Account(req, res, echo, () => tell({ run, stuck: account.key }))
    accounts.push(account)
    sockets.get(req.socket)?.push(account)
    account.serve(listener)
  })
  if (program.continues !== 'by Node') {
    server.on('checkContinue', (req, res) => {
      res.writeContinue()
      server.emit('request', req, res)
    })
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  runs.set(run, { server, accounts })
  return { run, port: server.address().port }
}

/** The accounts, when all connections are closed and no handler runs any more. */
async function end(run) {
  const { server, accounts } = runs.get(run)
  runs.delete(run)
  server.close()
  // Node does not hear of the end of a connection while it waits for the app to read from it.
  const timer = setTimeout(() => server.closeAllConnections(), 100)
  await once(server, 'close')
  clearTimeout(timer)
  while (accounts.some((account) => account.running > 0)) await turn()
  for (let turns = 0; turns < 5; turns++) await turn()
  return { run, last: last.address().port, accounts: accounts.map(({ key, events }) => ({ key, events })) }
}
