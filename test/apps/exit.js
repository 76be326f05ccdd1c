const http = require('node:http')

const server = http.createServer((req, res) => {
  if (req.url === '/close') {
    res.on('close', () => process.exit(3))
    return res.end('bye')
  }
  if (req.url === '/callback') return res.end('bye', () => process.exit(3))
  if (req.url === '/handler') process.exit(3)
  if (req.url === '/code') {
    process.exitCode = 4
    server.close()
  }
  res.end('hello')
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
