const http = require('node:http')

const server = http.createServer((req, res) => {
  if (req.url === '/error') res.statusCode = 500
  res.end('hello')
})
server.listen(process.env.PORT, () => console.log(`listening on ${server.address().port}`))
