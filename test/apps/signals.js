const http = require('node:http')

// On a signal, answers the open requests before it goes, as a careful app does.
const open = []
const server = http.createServer((req, res) => {
  console.log(req.url)
  if (req.url === '/open') open.push(res)
  else if (req.url === '/finish') {
    for (const other of open) other.end('finished')
    res.end('finished')
  } else res.end('hello')
})

const { ADD, SIGNAL } = process.env
if (ADD !== undefined) {
  process[ADD](SIGNAL, () => {
    console.log('closing')
    server.close(() => process.exit(7))
    server.closeIdleConnections()
  })
}
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
