const http = require('node:http')
const { getSpan } = require('tracing')

const idOf = (span) => span?.context().toSpanId() ?? 'none'

// Answers with the ids that each place of one request saw.
const server = http.createServer((req, res) => {
  if (req.url === '/by-hand') return
  const seen = { handler: idOf(getSpan()), request: idOf(getSpan(req)) }
  const see = (place) => {
    seen[place] = idOf(getSpan())
  }
  req.on('data', () => {
    see('data')
    setImmediate(see, 'data timer')
  })
  req.on('end', async () => {
    see('end')
    await null
    see('promise')
    setTimeout(() => {
      see('timer')
      res.on('finish', () => see('finish'))
      res.on('close', () => {
        see('close')
        console.log(JSON.stringify({ url: req.url, ...seen }))
      })
      res.end(JSON.stringify(seen))
    }, 1)
  })
  req.on('aborted', () => {
    see('aborted')
    console.log(JSON.stringify({ url: req.url, ...seen }))
  })
})
server.on('connection', (socket) => {
  socket.on('data', () => idOf(getSpan()) === 'none' || console.log('the connection sees a request'))
})
server.listen(process.env.PORT, () => {
  const req = new http.IncomingMessage(null)
  Object.assign(req, { method: 'GET', url: '/by-hand' })
  server.emit('request', req, new http.ServerResponse(req))
  console.log(`after a request by hand: ${idOf(getSpan())}`)
  console.log(`listening on ${server.address().port}`)
})
