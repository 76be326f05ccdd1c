const http = require('node:http')
const { perform } = require('../stage')

// Says something before each answer.
const server = http.createServer((req, res) => {
  res.writeProcessing()
  res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' })
  if (req.url === '/continue') res.writeContinue()
  res.setHeader('X-Late', 'no')
  res.flushHeaders()
  setImmediate(() => {
    res.write('hin')
    res.end('ted\n')
  })
})
perform(server, { byListeners: true })
