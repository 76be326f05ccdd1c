const { fork } = require('node:child_process')
const http = require('node:http')

if (process.send === undefined) fork(__filename)
else {
  process.on('disconnect', () => process.exit())
  const server = http.createServer((_req, res) => res.end('hello'))
  server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
}
